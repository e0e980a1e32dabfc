"""One supervised group of processes: started together, watched, stopped together.

A member that ends is started again, sooner the first time and later each time
after, so that one which cannot live does not eat the machine. Every member's
standard input is its lifeline (core/lifeline.py): none outlives the group.
"""

import logging
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

log = logging.getLogger(__name__)

STOP_PATIENCE = (
    15.0  # seconds between SIGTERM and SIGKILL; what is killed recovers at the next start
)


@dataclass(frozen=True, slots=True)
class Member:
    """One process of the group. ``says_ready``: it prints a line once it can serve."""

    name: str
    module: str  # run with ``python -m``
    arguments: tuple[str, ...] = ()
    keep_open: tuple[int, ...] = ()  # file descriptors handed down
    says_ready: bool = False


@dataclass(frozen=True, slots=True)
class BackOff:
    """How long to wait before starting a member again, in seconds."""

    first: float = 0.5
    most: float = 30.0
    healthy: float = 60.0  # a member that lived so long starts from ``first`` again

    def pauses(self) -> "Pauses":
        return Pauses(self)


@dataclass(slots=True)
class Pauses:
    """The waits of one member: doubled each time, until it lived long enough."""

    rule: BackOff
    next: float = field(init=False)

    def __post_init__(self) -> None:
        self.next = self.rule.first

    def after(self, lived: float) -> float:
        """The wait after a life of so many seconds."""
        if lived >= self.rule.healthy:
            self.next = self.rule.first
        pause, self.next = self.next, min(self.next * 2, self.rule.most)
        return pause


@dataclass
class Group:
    """The members and the threads that watch them, one each."""

    members: Sequence[Member]
    environment: Mapping[str, str]
    back_off: BackOff = field(default_factory=BackOff)
    on_ready: Callable[[str], None] = lambda _name: None  # each time a member says so

    def __post_init__(self) -> None:
        self._stopping = threading.Event()
        self._lock = threading.Lock()  # nobody is started once stopping has begun
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Start every member, and watch each."""
        for member in self.members:
            thread = threading.Thread(target=self._keep, args=[member], name=member.name)
            thread.start()
            self._threads.append(thread)

    def stop(self) -> None:
        """End every member, and come back when all are gone."""
        with self._lock:
            self._stopping.set()
            running = list(self._running.values())
        for process in running:
            process.terminate()
        deadline = time.monotonic() + STOP_PATIENCE
        for process in running:
            try:
                process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                log.warning("a process did not end in time and was ended")
                process.kill()
        for thread in self._threads:
            thread.join()

    def pids(self) -> dict[str, int]:
        """The process id of each member that runs now."""
        with self._lock:
            return {name: process.pid for name, process in self._running.items()}

    def _keep(self, member: Member) -> None:
        """Keep one member alive until the group stops."""
        pauses = self.back_off.pauses()
        while (process := self._begin(member)) is not None:
            began = time.monotonic()
            with process:
                self._listen(member, process)
                code = process.wait()
            if self._stopping.is_set():
                return
            pause = pauses.after(time.monotonic() - began)
            log.warning("%s ended (%d); starting it again in %.1f s", member.name, code, pause)
            self._stopping.wait(pause)

    def _begin(self, member: Member) -> subprocess.Popen[bytes] | None:
        with self._lock:
            if self._stopping.is_set():
                return None
            process = subprocess.Popen(
                [sys.executable, "-P", "-m", member.module, *member.arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE if member.says_ready else subprocess.DEVNULL,
                env=dict(self.environment),
                pass_fds=member.keep_open,
                # Ctrl-C in a terminal reaches the supervisor alone, which stops the rest.
                start_new_session=True,
            )
            self._running[member.name] = process
            return process

    def _listen(self, member: Member, process: subprocess.Popen[bytes]) -> None:
        if process.stdout is None:
            return
        if process.stdout.readline():
            self.on_ready(member.name)
