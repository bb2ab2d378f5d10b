"""A door before the server that encrypts, as PostgreSQL's own does: the wheel's server was built without."""

import contextlib
import socket
import ssl
import threading
from collections.abc import Iterator

from tests.server import HOST

#: What a client asks before anything else, when it would rather be encrypted.
_ASKED = (8).to_bytes(4) + (80877103).to_bytes(4)


class Door:
    """Lets callers through to ``port``, and remembers of each whether it came encrypted."""

    def __init__(self, context: ssl.SSLContext, port: int) -> None:
        self._context, self._behind = context, port
        self.encrypted: list[bool] = []

    @contextlib.contextmanager
    def opened(self) -> Iterator[int]:
        """The port it stands at, for as long as it is open."""
        with socket.create_server((HOST, 0)) as listening:
            keeper = threading.Thread(target=self._keep, args=(listening,))
            keeper.start()
            try:
                yield listening.getsockname()[1]
            finally:
                listening.shutdown(socket.SHUT_RDWR)
                keeper.join()

    def _keep(self, listening: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                caller, _ = listening.accept()
                # Callers may stay on the line: each has somebody of its own, who ends with it.
                threading.Thread(target=self._let_in, args=(caller,)).start()

    def _let_in(self, caller: socket.socket) -> None:
        with contextlib.suppress(OSError), caller:
            first = caller.recv(8, socket.MSG_WAITALL)
            self.encrypted.append(first == _ASKED)
            if first != _ASKED:
                self._carry(caller, first)
                return
            caller.sendall(b"S")
            with self._context.wrap_socket(caller, server_side=True) as inside:
                self._carry(inside, b"")

    def _carry(self, caller: socket.socket, first: bytes) -> None:
        with socket.create_connection((HOST, self._behind)) as server:
            server.sendall(first)
            back = threading.Thread(target=_pour, args=(server, caller))
            back.start()
            _pour(caller, server)
            back.join()


def _pour(here: socket.socket, there: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while said := here.recv(65536):
            there.sendall(said)
    with contextlib.suppress(OSError):
        there.shutdown(socket.SHUT_WR)
