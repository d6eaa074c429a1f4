"""A receiver of webhooks that only counts: prints its port, then the count for each line on standard input."""

import asyncio
import sys

import uvloop


class _Counting(asyncio.Protocol):
    count = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._seen = b""

    def data_received(self, data: bytes) -> None:
        self._seen += data
        while True:
            head, found, rest = self._seen.partition(b"\r\n\r\n")
            if not found:
                return
            lower = head.lower()
            at = lower.find(b"content-length:")
            length = 0 if at < 0 else int(lower[at + 15 :].split(b"\r\n", 1)[0])
            if len(rest) < length:
                return
            self._seen = rest[length:]
            _Counting.count += 1
            self._transport.write(b"HTTP/1.1 204 No Content\r\n\r\n")


async def _main() -> None:
    server = await asyncio.get_running_loop().create_server(_Counting, "127.0.0.1", 0)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    while await asyncio.to_thread(sys.stdin.readline):
        sys.stdout.write(f"{_Counting.count}\n")
        sys.stdout.flush()
    server.close()


if __name__ == "__main__":
    uvloop.run(_main())
