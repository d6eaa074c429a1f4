"""One POST to a stranger's URL: to a checked address and no other, one exchange of 15 s, no redirect, little read.

httpcore and not httpx, whose client would add what must not be here: proxies from the environment, redirects, cookies,
decompression, and a second reading of the URL.
"""

import asyncio
import contextlib
import socket
import ssl
import time
from collections.abc import AsyncIterator, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import httpcore
import httpx

from domain.outbox.model import EXCHANGE, Attempt
from domain.webhooks.targets import Target, TargetRefused, admit, read_url

CONNECT_SECONDS = 5.0
"""For one of a host's addresses, so that there is time for the next."""
DRAIN_SECONDS = 1.0
MAX_ANSWER = 64 * 1024
"""Bytes of an answer's body that are read, so that the connection ends in order. They are thrown away."""
RESOLVERS = 128
"""Threads of their own: names whose servers do not answer must not hold up other parts of the process."""

TIMEOUT, CONNECT, TLS, DNS, BROKEN = "timeout", "connection_failed", "tls_failed", "name_not_found", "connection_broken"
REFUSED, STATUS, REDIRECT = "target_refused", "status", "redirect"
"""Why an attempt failed, as its owner sees it: nothing of what a look-up or a handshake said in detail."""


class Resolver:
    """Looks names up in threads of its own, each name once at a time."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(RESOLVERS, thread_name_prefix="jembatan-resolver")
        self._under_way: dict[tuple[str, int], asyncio.Future[list[str]]] = {}

    async def __call__(self, host: str, port: int) -> list[str]:
        """Every address of `host`. Raises OSError."""
        key = (host, port)
        if key not in self._under_way:
            found = asyncio.get_running_loop().run_in_executor(self._threads, _addresses, host, port)
            self._under_way[key] = found
            found.add_done_callback(lambda done: self._forget(key, done))
        # A caller whose time is over leaves; the look-up goes on for the next one instead of starting anew.
        return await asyncio.shield(self._under_way[key])

    def _forget(self, key: tuple[str, int], done: "asyncio.Future[list[str]]") -> None:
        del self._under_way[key]
        if not done.cancelled():
            done.exception()  # seen, even when nobody waits any more

    def close(self) -> None:
        """Start no further look-up."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def _addresses(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


class PinnedBackend(httpcore.AsyncNetworkBackend):
    """Resolves a host once, checks every address, connects to one that was checked.

    TLS comes after that, with the host's name: certificate and SNI are as if the name had been connected to.
    """

    def __init__(self, resolve: Resolver, *, loopback: bool, plain: bool) -> None:
        self._resolve, self._loopback, self._plain = resolve, loopback, plain
        self._network = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109  the name is the interface's
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """A connection to the first address that takes one. Raises TargetRefused, OSError, httpcore's errors."""
        addresses = await self._resolve(host, port)
        admit(addresses, loopback=self._loopback, plain=self._plain)
        *others, last = addresses
        for address in others:
            with contextlib.suppress(httpcore.ConnectError, httpcore.ConnectTimeout):
                return await self._network.connect_tcp(address, port, timeout, local_address, socket_options)
        return await self._network.connect_tcp(last, port, timeout, local_address, socket_options)

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)


class Sender:
    """Makes attempts. `tls` is for tests with certificates of their own; it verifies like any other."""

    def __init__(self, *, loopback: bool, tls: ssl.SSLContext | None = None, exchange: timedelta = EXCHANGE) -> None:
        self._loopback, self._exchange = loopback, exchange.total_seconds()
        self._tls = tls or httpx.create_ssl_context(trust_env=False)
        self._resolve = Resolver()

    def close(self) -> None:
        """Let go of the resolver's threads."""
        self._resolve.close()

    async def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Attempt:
        """Send `body`; how it ended. Never raises but when cancelled."""
        started = time.perf_counter()
        status, retry_after = None, None
        try:
            async with asyncio.timeout(self._exchange):
                target = read_url(url, loopback=self._loopback)
                async with self._answer(target, headers, body) as answer:
                    status = answer.status
                    retry_after = retry_after_of(answer.headers)
                    await _drain(answer)
        except Exception as error:  # noqa: BLE001  whatever a stranger's server brings about is one failed attempt
            # Once there is a status it counts, however badly the body ends.
            failure = _reason(error) if status is None else None
        else:
            failure = None
        if status is not None and not 200 <= status < 300:  # noqa: PLR2004  the class of the status
            failure = REDIRECT if 300 <= status < 400 else STATUS  # noqa: PLR2004
        milliseconds = round((time.perf_counter() - started) * 1000)
        return Attempt(status=status, error=failure, milliseconds=milliseconds, retry_after=retry_after)

    @contextlib.asynccontextmanager
    async def _answer(
        self, target: Target, headers: Mapping[str, str], body: bytes
    ) -> AsyncIterator[httpcore.Response]:
        # Built from the parts that were checked: nobody reads the URL a second time.
        url = httpcore.URL(scheme=target.scheme, host=target.host, port=target.port, target=target.target)
        backend = PinnedBackend(self._resolve, loopback=self._loopback, plain=target.scheme != "https")
        connection = httpcore.AsyncHTTPConnection(url.origin, ssl_context=self._tls, network_backend=backend)
        sent = {"host": target.authority, "content-length": str(len(body)), "connection": "close", **headers}
        try:
            async with connection.stream(
                "POST",
                url,
                headers=list(sent.items()),
                content=body,
                extensions={"timeout": {"connect": CONNECT_SECONDS}},
            ) as answer:
                yield answer
        finally:
            await connection.aclose()


async def _drain(answer: httpcore.Response) -> None:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(DRAIN_SECONDS):
            read = 0
            async for chunk in answer.aiter_stream():
                read += len(chunk)
                if read >= MAX_ANSWER:
                    return


def _reason(error: Exception) -> str:
    if isinstance(error, TargetRefused):
        return REFUSED
    if isinstance(error, socket.gaierror):
        return DNS
    if isinstance(error, TimeoutError | httpcore.TimeoutException):
        return TIMEOUT
    if isinstance(error.__cause__, ssl.SSLError):
        return TLS
    return CONNECT if isinstance(error, httpcore.ConnectError | OSError) else BROKEN


def retry_after_of(headers: Iterable[tuple[bytes, bytes]]) -> timedelta | None:
    """What `Retry-After` asks for, in seconds or as a date; None when it is absent, past or makes no sense."""
    text = next((value.decode("latin-1").strip() for name, value in headers if name.lower() == b"retry-after"), "")
    if text.isascii() and text.isdecimal() and len(text) < 10:  # noqa: PLR2004  longer ones are no waiting times
        return timedelta(seconds=int(text)) or None
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    wait = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - datetime.now(UTC)
    return wait if wait > timedelta(0) else None
