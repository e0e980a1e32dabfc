"""A wire to a server that can be cut, or go dead, while something is said over it."""

import contextlib
import selectors
import socket
import threading
from types import TracebackType
from typing import Self


class Wire:
    """Passes bytes on between whoever calls and a port of this machine."""

    def __init__(self, to_port: int) -> None:
        self._to_port = to_port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.cut_at: bytes | None = None  # cut when these bytes are asked, before they pass
        self.mute_at: bytes | None = None  # what is asked so passes when this is None again
        self.silent = False  # nothing passes, and nobody is told
        self.cuts = 0
        self.mutes = 0
        self._ended = threading.Event()
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> Self:
        self._begin(self._accept)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._ended.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join()

    def _begin(self, work: object, *about: object) -> None:
        thread = threading.Thread(target=work, args=about, daemon=True)  # type: ignore[arg-type]
        thread.start()
        self._threads.append(thread)

    def _accept(self) -> None:
        while not self._ended.is_set():
            try:
                caller, _ = self._listener.accept()
            except OSError:
                return
            self._begin(self._pass_on, caller)

    def _pass_on(self, caller: socket.socket) -> None:
        try:
            server = socket.create_connection(("127.0.0.1", self._to_port))
        except OSError:
            caller.close()
            return
        with caller, server, selectors.DefaultSelector() as selector:
            selector.register(caller, selectors.EVENT_READ, server)
            selector.register(server, selectors.EVENT_READ, caller)
            while not self._ended.is_set():
                for key, _ in selector.select(0.1):
                    if self.silent:
                        self._ended.wait(0.05)
                        continue
                    if not self._pass_one(key.fileobj, key.data, key.fileobj is caller):  # type: ignore[arg-type]
                        return

    def _pass_one(self, source: socket.socket, sink: socket.socket, asked: bool) -> bool:
        try:
            data = source.recv(65536)
            if not data:
                return False
            if asked and self.cut_at is not None and self.cut_at in data:
                self.cuts += 1
                return False
            if asked and self.mute_at is not None and self.mute_at in data:
                self.mutes += 1
                while self.mute_at is not None and not self._ended.wait(0.02):
                    continue
            sink.sendall(data)
        except OSError:
            return False
        return True
