"""A connection that breaks where a test says."""

import contextlib
import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit


class Line:
    """A line between client and server that counts what goes up and breaks where it is told: bytes since the last break.

    `down`: it counts what comes down instead.
    """

    def __init__(self, url: str, breaks: list[int], rate: float | None = None, *, down: bool = False) -> None:
        self.down = down
        self.target = urlsplit(url)
        self.breaks, self.rate = list(breaks), rate
        self.up = self._since = 0
        self.broken = 0
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def serve(self) -> None:
        """Carry what comes until it is closed."""
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            far = socket.create_connection((self.target.hostname or "", self.target.port or 0))
            for source, sink, counted in ((near, far, not self.down), (far, near, self.down)):
                threading.Thread(target=self._carry, args=(source, sink, counted), daemon=True).start()

    def _carry(self, source: socket.socket, sink: socket.socket, counted: bool) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                if counted and self._count(len(data)):
                    break
                sink.sendall(data)
        for each in (source, sink):
            with contextlib.suppress(OSError):
                # A reset: who writes would else wait for somebody to read.
                each.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def _count(self, size: int) -> bool:
        """Count what goes up; whether the line breaks now."""
        with self._lock:
            self.up += size
            self._since += size
            if self.breaks and self._since >= self.breaks[0]:
                self.breaks.pop(0)
                self._since, self.broken = 0, self.broken + 1
                return True
        if self.rate:
            time.sleep(size / self.rate)
        return False

    def close(self) -> None:
        """Take no further connection."""
        self._listener.close()


@contextmanager
def line(url: str, breaks: list[int], rate: float | None = None, *, down: bool = False) -> Iterator[Line]:
    """A line at work."""
    made = Line(url, breaks, rate, down=down)
    threading.Thread(target=made.serve, daemon=True).start()
    try:
        yield made
    finally:
        made.close()
