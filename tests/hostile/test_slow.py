"""Clients that send by the byte, or stop: each is cut off in time, while others are served."""

import contextlib
import selectors
import socket
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import pytest
from server_process import ServerProcess, served

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("hostile")]

PAUSE = 0.05
GIVEN = 40.0
"""Seconds until the last has to be cut off. The server gives a head ten, a body or a pause one, on a machine of its own."""
HEAD = "host: x\r\nauthorization: Bearer {key}\r\nidempotency-key: slow-{name}\r\ncontent-type: {media}\r\n"
ATTACKS: dict[str, tuple[str, str, bytes, bytes]] = {
    # name: (request line, framing, sent at once, then this again and again)
    "a head": ("", "", b"GET /v1/me HTTP/1.1\r\n", b"x: y\r\n"),
    "a head that stops": ("", "", b"GET /v1/me HT", b""),
    "a body": ("POST /v1/rfqs", "content-length: 5000", b'{"title": "', b"x"),
    "a body that stops": ("POST /v1/rfqs", "content-length: 5000", b'{"title": "', b""),
    "a body in chunks": ("POST /v1/rfqs", "transfer-encoding: chunked", b"", b"1\r\n[\r\n"),
    "a file": ("POST /v1/files?name=a.pdf", "content-length: 5000000", b"%PDF-1.7\n", b"x"),
    "a file that stops": ("POST /v1/files?name=a.pdf", "content-length: 5000000", b"%PDF-1.7\n", b""),
    "a file in chunks": (
        "POST /v1/files?name=a.pdf",
        "transfer-encoding: chunked",
        b"9\r\n%PDF-1.7\n\r\n",
        b"1\r\nx\r\n",
    ),
    "a table": ("POST /v1/rfqs/rfq_{zero}/lines/import", "content-length: 50000", b"a;b\n", b"x"),
    "a form": ("POST /v1/oauth/token", "content-length: 5000", b"grant_type=", b"x"),
}
MEDIA = {"a file": "application/octet-stream", "a table": "text/csv", "a form": "application/x-www-form-urlencoded"}
CLOSED = frozenset({"a head", "a head that stops"})
"""The server beneath cuts these off, without a word."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    limits = {"JEMBATAN_REQUEST_SECONDS": "1", "JEMBATAN_UPLOAD_IDLE_SECONDS": "1", "JEMBATAN_IN_FLIGHT": "16"}
    with served(tmp_path_factory.mktemp("slow"), workers=1, **limits) as running:
        yield running


def begin(server: ServerProcess, name: str) -> socket.socket:
    """A connection on which the attack has begun."""
    line, framing, first, _ = ATTACKS[name]
    address = urlsplit(server.url)
    connection = socket.create_connection((str(address.hostname), int(address.port or 0)))
    media = next((media for start, media in MEDIA.items() if name.startswith(start)), "application/json")
    head = HEAD.format(key=server.secret, name=name.replace(" ", "-"), media=media)
    if "oauth" in line:
        head = f"host: x\r\ncontent-type: {media}\r\n"
    if "import" in line:
        head += 'if-match: "1"\r\n'
    whole = f"{line.replace('{zero}', '0' * 32)} HTTP/1.1\r\n{head}{framing}\r\n\r\n".encode() if line else b""
    connection.sendall(whole + first)
    connection.setblocking(False)
    return connection


def test_who_sends_by_the_byte_is_cut_off_while_others_are_served(server: ServerProcess) -> None:
    open_now = {name: begin(server, name) for name in ATTACKS}
    answers: dict[str, bytes] = dict.fromkeys(ATTACKS, b"")
    ends = time.monotonic() + GIVEN
    with selectors.DefaultSelector() as selector, httpx.Client(base_url=server.url, trust_env=False) as others:
        for name, connection in open_now.items():
            selector.register(connection, selectors.EVENT_READ, name)
        while open_now:
            assert time.monotonic() < ends, f"still open: {sorted(open_now)}"
            for name in [key.data for key, _ in selector.select(PAUSE)]:
                try:
                    said = open_now[name].recv(65536)
                except ConnectionResetError:
                    said = b""
                answers[name] += said
                if not said or b"too_slow" in answers[name]:
                    selector.unregister(open_now[name])
                    open_now.pop(name).close()
            for name, connection in open_now.items():
                with contextlib.suppress(OSError):
                    connection.send(ATTACKS[name][3])
            assert others.get("/health/live").status_code == 200
            assert others.get("/v1/meta/vocabularies", headers={"authorization": f"Bearer {server.secret}"}).is_success
    for name, answer in answers.items():
        assert answer == b"" if name in CLOSED else b" 408 " in answer.partition(b"\r\n")[0], (name, answer[:300])
    assert [path for path in (server.home / "files").rglob("*") if path.is_file()] == []


def test_a_slow_line_is_no_attack(server: ServerProcess) -> None:
    """A few kilobytes a second bring a file through."""
    content = b"%PDF-1.7\n" + bytes(16 * 1024)

    def slowly() -> Iterator[bytes]:
        for start in range(0, len(content), 1024):
            time.sleep(0.15)
            yield content[start : start + 1024]

    with server.client() as client:
        sent = {"idempotency-key": "slow line", "content-type": "application/octet-stream"}
        assert client.post("/v1/files?name=a.pdf", content=slowly(), headers=sent).status_code == 201
