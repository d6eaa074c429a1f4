"""A connection that is cut in the middle of an upload leaves nothing: no row, no bytes, and a server that goes on."""

import socket
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from server_process import ServerProcess, served

MIB = 1024 * 1024
HEAD = b"%PDF-1.7\n"


def stored(server: ServerProcess) -> list[Path]:
    """Everything under the files folder, parts under way included."""
    return [path for path in (server.home / "files").rglob("*") if path.is_file()]


def begin(server: ServerProcess, framing: str) -> socket.socket:
    """A connection that has sent the head of an upload."""
    address = urlsplit(server.url)
    connection = socket.create_connection((str(address.hostname), int(address.port or 0)))
    connection.sendall(
        f"POST /v1/files?name=cut.pdf HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {server.secret}\r\n"
        f"idempotency-key: cut\r\ncontent-type: application/octet-stream\r\n{framing}\r\n\r\n".encode()
    )
    return connection


def wait_until(server: ServerProcess, *, parts: bool) -> None:
    ends = time.monotonic() + 10
    while bool(stored(server)) != parts:
        assert time.monotonic() < ends, stored(server)
        time.sleep(0.02)


@pytest.mark.slow
@pytest.mark.parametrize("framing", ["content-length: 50000000", "transfer-encoding: chunked"])
def test_a_cut_connection_leaves_nothing(tmp_path: Path, framing: str) -> None:
    with served(tmp_path) as server:
        connection = begin(server, framing)
        block = HEAD + bytes(2 * MIB)
        chunked = "chunked" in framing
        connection.sendall(f"{len(block):x}\r\n".encode() + block + b"\r\n" if chunked else block)
        wait_until(server, parts=True)
        connection.close()
        wait_until(server, parts=False)
        with server.client() as client:
            sent = {"idempotency-key": "cut", "content-type": "application/octet-stream"}
            whole = client.post("/v1/files?name=cut.pdf", content=HEAD, headers=sent)
            assert whole.status_code == 201, whole.text
            assert client.get(f"/v1/files/{whole.json()['id']}/content").content == HEAD
        assert len(stored(server)) == 1
