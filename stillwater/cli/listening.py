"""Sockets that only this machine can reach."""

import errno
import socket

from stillwater.core.errors import ExitCode, UserError

TRIES = 20
BACKLOG = 64


def loopback_sockets(port: int) -> list[socket.socket]:
    """Listening sockets on 127.0.0.1 and, where there is IPv6, on ::1, with one port.

    Both or neither: a browser may take ``localhost`` for either, and would bring
    the link's token to whoever else listens on the other. Port 0: any free one.
    Raises UserError where the port is taken.
    """
    for _ in range(1 if port else TRIES):
        try:
            return _pair(port)
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise
    raise UserError(
        f"Port {port} is not free on this machine." if port else "No free port was found.",
        "Choose another with --port, or leave it out.",
        ExitCode.NOT_NOW,
    )


def _pair(port: int) -> list[socket.socket]:
    first = _listening(socket.AF_INET, "127.0.0.1", port)
    try:
        second = _listening(socket.AF_INET6, "::1", first.getsockname()[1])
    except OSError as error:
        if error.errno in (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT):
            return [first]
        first.close()
        raise
    return [first, second]


def _listening(family: socket.AddressFamily, address: str, port: int) -> socket.socket:
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        made.bind((address, port))
        made.listen(BACKLOG)
    except OSError:
        made.close()
        raise
    return made
