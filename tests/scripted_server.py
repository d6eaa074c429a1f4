"""A server whose answers are given beforehand, for SDKs whose connections a test cannot replace."""

import socket
import struct
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple


class Reply(NamedTuple):
    """One answer. `cut`: after so many bytes of the body the connection is reset; 0 is before the answer begins."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = {}
    cut: int | None = None


class Asked(NamedTuple):
    """One request as it came."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


class Script:
    """Answers in order for each play, which is the first segment of a path, and what was asked in it."""

    def __init__(self, plays: Mapping[str, list[Reply]]) -> None:
        self._replies = {play: iter(replies) for play, replies in plays.items()}
        self.asked: dict[str, list[Asked]] = {play: [] for play in plays}
        self._lock = threading.Lock()

    def next(self, asked: Asked) -> Reply:
        """The next answer of the play; 410 once there is none left."""
        play, path = asked.path.removeprefix("/").split("/", 1)
        with self._lock:
            self.asked[play].append(asked._replace(path="/" + path))
            return next(self._replies[play], Reply(410))


@contextmanager
def scripted(plays: Mapping[str, list[Reply]]) -> Iterator[tuple[str, Script]]:
    """The server's address and its script."""
    script = Script(plays)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

        def _play(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            reply = script.next(Asked(self.command, self.path, headers, body))
            self.close_connection = True
            if reply.cut != 0:
                self.send_response(reply.status)
                for name, value in {
                    "content-length": str(len(reply.body)),
                    "connection": "close",
                    **reply.headers,
                }.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(reply.body[: reply.cut])
                self.wfile.flush()
            if reply.cut is not None:
                # A reset, not an end: what was written has to have left before.
                self.connection.shutdown(socket.SHUT_WR) if reply.cut else None
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                self.connection.close()

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = _play  # noqa: N815

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", script
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)
