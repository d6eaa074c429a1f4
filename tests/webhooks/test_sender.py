"""One exchange with a stranger: to the address that was checked, verified, bounded."""

import asyncio
import contextlib
import socket
import ssl
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from receivers import Received, hang, receiver

from api.webhooks.message import headers_of
from api.webhooks.sender import Sender, retry_after_of
from domain.outbox.model import Attempt
from domain.webhooks.secrets import new_secret

BODY = b'{"type":"x"}'


async def post(url: str, *, loopback: bool = True, tls: ssl.SSLContext | None = None, seconds: float = 5) -> Attempt:
    """One attempt."""
    with contextlib.closing(Sender(loopback=loopback, tls=tls, exchange=timedelta(seconds=seconds))) as sender:
        headers = headers_of("evt_1", BODY, [new_secret()], datetime.now(UTC))
        return await sender.post(url, headers, BODY)


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """A name server of the test: name → addresses, and under `asked` the names that were looked up."""
    table: dict[str, list[str]] = {}
    asked: list[str] = []
    real = socket.getaddrinfo

    def look_up(host: Any, port: Any, *rest: Any, **more: Any) -> Any:
        if host not in table:
            if str(host).endswith(".example.com"):
                raise socket.gaierror(socket.EAI_NONAME, "unknown")
            return real(host, port, *rest, **more)
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in table[host]]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    table["asked"] = asked
    return table


OWN = ["127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0",  # noqa: S104
       "localhost", "LOCALHOST", "x.localhost", "127.0.0.1."]  # fmt: skip


@pytest.mark.parametrize("host", OWN)
@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_this_machine_is_never_reached_outside_of_development(scheme: str, host: str) -> None:
    async with receiver() as partner:
        port = partner.url.rsplit(":", 1)[1].split("/")[0]
        attempt = await post(f"{scheme}://{host}:{port}/", loopback=False)
        assert (attempt.status, attempt.error, partner.connections) == (None, "target_refused", 0)


@pytest.mark.parametrize(
    "addresses",
    [
        ["127.0.0.1"],
        ["10.0.0.5"],
        ["169.254.169.254"],
        ["192.0.2.1"],
        ["::1"],
        ["64:ff9b::a00:5"],
        ["fe80::1%2"],
        ["8.8.8.8", "127.0.0.1"],
        ["2606:4700::1111", "192.168.1.1"],
        [],
    ],
)
async def test_a_public_name_of_a_private_address_is_refused(addresses: list[str], names: dict[str, list[str]]) -> None:
    names["hooks.example.com"] = addresses
    attempt = await post("https://hooks.example.com/", loopback=False)
    assert (attempt.status, attempt.error) == (None, "target_refused")


async def test_a_name_is_looked_up_once_and_the_checked_address_is_the_one(names: dict[str, list[str]]) -> None:
    """A name that answers something else the second time gets nothing by it: there is no second time."""
    names["hooks.localhost"] = ["127.0.0.1"]
    async with receiver() as partner:
        attempt = await post(partner.url.replace("127.0.0.1", "hooks.localhost"))
    assert attempt.status == 204
    assert names["asked"] == ["hooks.localhost"]
    assert partner.requests[0].headers["host"].startswith("hooks.localhost:")


async def test_plain_http_goes_to_this_machine_only(names: dict[str, list[str]]) -> None:
    names["hooks.localhost"] = ["8.8.8.8"]
    assert (await post("http://hooks.localhost:8080/")).error == "target_refused"


async def test_a_second_address_is_tried(names: dict[str, list[str]]) -> None:
    names["hooks.localhost"] = ["127.0.0.9", "127.0.0.1"]
    async with receiver() as partner:
        assert (await post(partner.url.replace("127.0.0.1", "hooks.localhost"))).status == 204


async def test_a_proxy_of_the_environment_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    async with receiver() as partner, receiver() as proxy:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "HTTPS_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        assert (await post(partner.url)).status == 204
        assert (len(partner.requests), proxy.connections) == (1, 0)


async def test_failures_have_names(names: dict[str, list[str]]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        closed = free.getsockname()[1]
    assert (await post(f"http://127.0.0.1:{closed}/")).error == "connection_failed"
    assert (await post("https://nowhere.example.com/")).error == "name_not_found"

    async def cut(_: Received) -> bytes:
        return b""

    async def nonsense(_: Received) -> bytes:
        return b"SSH-2.0-OpenSSH_9.6\r\n"

    for behave in (cut, nonsense):
        async with receiver(behave) as partner:
            assert (await post(partner.url)).error == "connection_broken"


async def test_an_exchange_ends_in_time(names: dict[str, list[str]]) -> None:
    async with receiver(hang) as partner:
        started = time.perf_counter()
        attempt = await post(partner.url, seconds=0.3)
        assert (attempt.status, attempt.error) == (None, "timeout")
        assert (
            0.25 < time.perf_counter() - started < 5
        )  # a receiver that hangs would take for ever; a busy machine takes its time
        assert 250 < attempt.milliseconds < 5000


@asynccontextmanager
async def dripping(first: bytes, drop: bytes) -> AsyncIterator[str]:
    """A server that sends `first` and then `drop` again and again: its URL."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            await reader.readuntil(b"\r\n\r\n")
            writer.write(first)
            while True:
                writer.write(drop)
                await writer.drain()
                await asyncio.sleep(0.01 if len(drop) < 100 else 0)
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"


@pytest.mark.parametrize(
    ("first", "drop", "status", "error"),
    [
        (b"HTTP/1.1 200 OK\r\n", b"x: y\r\n", None, "timeout"),
        (b"", b"HTTP/1.1 103 Early Hints\r\n\r\n", None, "timeout"),
        (b"HTTP/1.1 200 OK\r\n", b"x: " + b"y" * 60_000 + b"\r\n", None, "connection_broken"),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n", b"z", 200, None),
        (b"HTTP/1.1 200 OK\r\n\r\n", b"z" * 60_000, 200, None),
        (b"HTTP/1.1 500 No\r\n\r\n", b"z" * 60_000, 500, "status"),
    ],
)
async def test_a_server_that_drips_or_floods_is_left(
    first: bytes, drop: bytes, status: int | None, error: str | None
) -> None:
    async with dripping(first, drop) as url:
        started = time.perf_counter()
        attempt = await post(url, seconds=1.5)
        assert time.perf_counter() - started < 2.5
    assert (attempt.status, attempt.error) == (status, error)


class Authority:
    """A certificate authority of the test."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test authority")])
        self.certificate = self._sign(self.name, self.key.public_key(), authority=True)

    def _sign(self, name: x509.Name, key: Any, *, authority: bool, host: str | None = None) -> x509.Certificate:
        now = datetime.now(UTC)
        builder = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(self.name)
            .public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(hours=1))
            .not_valid_after(now + timedelta(hours=1))
            .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        )
        if host is not None:
            builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        return builder.sign(self.key, hashes.SHA256())

    def server(self, host: str) -> ssl.SSLContext:
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
        certificate = self._sign(name, key.public_key(), authority=False, host=host)
        file = self.folder / f"{host}.pem"
        file.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
            + certificate.public_bytes(serialization.Encoding.PEM)
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context

    def client(self) -> ssl.SSLContext:
        text = self.certificate.public_bytes(serialization.Encoding.PEM).decode()
        return ssl.create_default_context(cadata=text)


async def test_tls_is_for_the_name_though_the_address_was_connected_to(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    asked: list[str | None] = []
    server = authority.server("localhost")
    server.sni_callback = lambda _, name, __: asked.append(name)
    async with receiver(tls=server) as partner:
        assert (await post(partner.url, tls=authority.client())).status == 204
        assert asked == ["localhost"]
        untrusted = await post(partner.url)
        assert (untrusted.status, untrusted.error, len(partner.requests)) == (None, "tls_failed", 1)
    async with receiver(tls=authority.server("other.example.com")) as partner:
        wrong = await post(partner.url, tls=authority.client())
        assert (wrong.status, wrong.error, len(partner.requests)) == (None, "tls_failed", 0)


async def test_a_slow_name_server_holds_up_its_own_name_only(names: dict[str, list[str]], monkeypatch: Any) -> None:
    """However many attempts wait for one name, one thread looks it up."""
    quick = socket.getaddrinfo
    looked_up: list[str] = []

    def slow(host: Any, *rest: Any, **more: Any) -> Any:
        looked_up.append(host)
        if host == "slow.example.com":
            time.sleep(0.6)
        return quick(host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    names["slow.example.com"] = ["127.0.0.1"]
    with contextlib.closing(Sender(loopback=True, exchange=timedelta(seconds=0.2))) as sender:
        async with receiver() as partner:
            waiting = [sender.post("https://slow.example.com/", {}, BODY) for _ in range(50)]
            *others, healthy = await asyncio.gather(*waiting, sender.post(partner.url, {}, BODY))
    assert {attempt.error for attempt in others} == {"timeout"}
    assert healthy.status == 204
    assert looked_up.count("slow.example.com") == 1


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("120", 120),
        ("0", None),
        ("-5", None),
        ("1e3", None),
        ("9" * 400, None),
        ("\u0661\u0662", None),
        ("", None),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("Thu, 99 Jan 2970 00:00:00 GMT", None),
    ],
)
def test_retry_after(text: str, seconds: int | None) -> None:
    found = retry_after_of([(b"Retry-After", text.encode("utf8"))])
    assert found == (None if seconds is None else timedelta(seconds=seconds))
