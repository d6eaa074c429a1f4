"""`make overload`: ten times what the server can do, for 30 s, whether it keeps up or not.

An open loop: requests come at their times, and do not wait for the answers to earlier ones. What the server cannot do is
refused at once with 503 and `Retry-After`, so that what it takes is done soon; afterwards it is as before.
"""

import argparse
import asyncio
import shutil
import signal
import statistics
import sys
import tempfile
import time
import uuid
from collections import Counter
from contextlib import AsyncExitStack
from pathlib import Path

import httpx
import msgspec
import psutil
from faults.storm.servers import Api, Postgres, environment_for, initialise, running
from server_process import verified

from api.runtime import APP_LOGIN, DATABASE

TIMES = 10
SECONDS = 30.0
P99_SECONDS = 2.0
RECOVERY_SECONDS = 5.0
REST_SECONDS = 10.0
CONNECTIONS = 3000
"""Clients at once; what would need more finds nobody to send it, and is counted apart."""
GIVEN_UP = 20.0
"""Seconds after which a client takes no answer for one."""
GROWTH = 1.3
"""After the overload the server's processes hold no more than so many times what they held before."""


class Client(asyncio.Protocol):
    """One connection: a request at a time, answered or cut."""

    def __init__(self, crowd: "Crowd") -> None:
        self._crowd = crowd
        self._transport: asyncio.Transport | None = None
        self._text = b""
        self._sent = 0.0
        self._waiting = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def send(self, request: bytes) -> None:
        assert self._transport is not None
        self._text, self._sent, self._waiting = b"", time.perf_counter(), True
        self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        self._text += data
        head, found, body = self._text.partition(b"\r\n\r\n")
        if not found:
            return
        headers = {
            name.lower(): value for name, _, value in (line.partition(b": ") for line in head.split(b"\r\n")[1:])
        }
        if len(body) < int(headers.get(b"content-length", b"0")):
            return
        self._waiting = False
        self._crowd.answered(self, int(head[9:12]), headers, time.perf_counter() - self._sent)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  the interface's
        self._crowd.lost(self, was_waiting=self._waiting)
        self._waiting = False

    def give_up(self) -> None:
        if self._transport is not None:
            self._transport.abort()


class Crowd:
    """All clients, and what they were answered."""

    def __init__(self, port: int, secret: str) -> None:
        self._port = port
        head = f"host: 127.0.0.1\r\nauthorization: Bearer {secret}\r\n"
        self._read = f"GET /v1/rfqs?limit=20 HTTP/1.1\r\n{head}\r\n".encode()
        self._head = head
        self._idle: list[Client] = []
        self._clients: set[Client] = set()
        self._opening = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self.forget()

    def forget(self) -> None:
        """Count anew."""
        self.statuses: Counter[str] = Counter()
        self.took: list[float] = []
        self.refused_in: list[float] = []
        self.sent = 0

    def fire(self) -> None:
        """One request, now: a read, or with every fifth a write."""
        self.sent += 1
        if self._idle:
            self._idle.pop().send(self._request())
        elif len(self._clients) + self._opening < CONNECTIONS:
            self._opening += 1
            task = asyncio.create_task(self._open())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        else:
            self.statuses["nobody to send it"] += 1

    async def _open(self) -> None:
        loop = asyncio.get_running_loop()
        began = time.perf_counter()
        try:
            async with asyncio.timeout(GIVEN_UP):
                _, client = await loop.create_connection(lambda: Client(self), "127.0.0.1", self._port)
        except (OSError, TimeoutError) as error:
            self.statuses[f"not connected ({type(error).__name__})"] += 1
            return
        finally:
            self._opening -= 1
        self._clients.add(client)
        client.send(self._request())
        client._sent = began  # the time to connect counts

    def _request(self) -> bytes:
        if self.sent % 5:
            return self._read
        body = msgspec.json.encode({"title": "Overload", "visibility": "open", "lines": []})
        return (
            f"POST /v1/rfqs HTTP/1.1\r\n{self._head}content-type: application/json\r\n"
            f"idempotency-key: {uuid.uuid4()}\r\ncontent-length: {len(body)}\r\n\r\n"
        ).encode() + body

    def answered(self, client: Client, status: int, headers: dict[bytes, bytes], seconds: float) -> None:
        """One answer."""
        if status < 300:
            self.statuses["done"] += 1
            self.took.append(seconds)
        elif status == 503 and headers.get(b"retry-after", b"").isdigit():
            self.statuses["503 with Retry-After"] += 1
            self.refused_in.append(seconds)
        else:
            self.statuses[str(status)] += 1
        self._idle.append(client)

    def lost(self, client: Client, *, was_waiting: bool) -> None:
        """A connection ended."""
        self._clients.discard(client)
        if client in self._idle:
            self._idle.remove(client)
        if was_waiting:
            self.statuses["cut off"] += 1

    async def at(self, rate: float, seconds: float) -> None:
        """So many requests in a second, evenly, for so long."""
        began, done = time.perf_counter(), 0
        while (now := time.perf_counter() - began) < seconds:
            for _ in range(int(now * rate) - done):
                self.fire()
                done += 1
            await asyncio.sleep(0.002)

    async def rest(self) -> int:
        """Wait for what is out; how much was never answered."""
        ends = time.perf_counter() + GIVEN_UP
        while self._out and time.perf_counter() < ends:
            await asyncio.sleep(0.01)
        return self._out

    @property
    def _out(self) -> int:
        return self._opening + sum(client._waiting for client in self._clients)

    def close(self) -> None:
        """Everybody leaves."""
        for client in list(self._clients):
            client.give_up()


async def capacity(url: str, secret: str, seconds: float) -> float:
    """Requests done in a second, of the same mixture, by a few clients that wait for their answers."""
    crowd = Crowd(int(url.rpartition(":")[2]), secret)
    began = time.perf_counter()
    for _ in range(24):
        crowd.fire()
    while time.perf_counter() - began < seconds:
        while crowd._idle:
            crowd.fire()
        await asyncio.sleep(0.0005)
    done = crowd.statuses["done"] / (time.perf_counter() - began)
    await crowd.rest()
    crowd.close()
    return done


def memory(api: Api) -> int:
    """Bytes that the server's processes hold."""
    return sum(psutil.Process(pid).memory_info().rss for pid in [api.pid, *api.children])


def percentile(values: list[float], share: float) -> float:
    """The value that so large a share does not exceed."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))] if values else float("nan")


async def measure(home: Path, seconds: float) -> list[str]:
    """The whole of it; what is not as it should be."""
    async with AsyncExitStack() as stack:
        postgres = Postgres(home)
        stack.callback(postgres.stop)
        await asyncio.to_thread(postgres.start)
        await postgres.prepare()
        environment = environment_for(postgres.embedded.dsn(user=APP_LOGIN, database=DATABASE), home)
        operator = await asyncio.to_thread(initialise, environment)
        api = Api("api", home=home, environment=environment)
        await stack.enter_async_context(running(api))
        with httpx.Client(base_url=api.url, trust_env=False, timeout=30) as http:
            secret = verified(http, operator, "PT Besar", "buyer")
        await capacity(api.url, secret, 2)
        able, before = await capacity(api.url, secret, 4), memory(api)
        print(f"it can do {able:.0f} requests/s, a fifth of them writes; memory {before / 1e6:.0f} MB", flush=True)
        crowd = Crowd(api.port, secret)
        stack.callback(crowd.close)
        peak = before

        async def watch() -> None:
            nonlocal peak
            while True:
                peak = max(peak, memory(api))
                await asyncio.sleep(0.5)

        watching = asyncio.create_task(watch())
        await crowd.at(able * TIMES, seconds)
        took, refused, statuses, sent = crowd.took.copy(), crowd.refused_in.copy(), crowd.statuses.copy(), crowd.sent
        crowd.forget()
        recovered = await _recovery(crowd, able)
        late = crowd.statuses.copy()
        unanswered = await crowd.rest()
        watching.cancel()
        crowd.close()
        after = await _rested(api, GROWTH * before)
    return _judge(seconds, able, sent, took, refused, statuses, late, recovered, unanswered, before, peak, after)


async def _rested(api: Api, enough: float) -> int:
    """Bytes in use once it is no more than `enough`, or has had the time for it."""
    ends = time.perf_counter() + REST_SECONDS
    while (used := memory(api)) > enough and time.perf_counter() < ends:
        await asyncio.sleep(0.2)
    return used


async def _recovery(crowd: Crowd, able: float) -> float:
    """Seconds until, at a third of what it can do, a second passes in which all is done, and soon."""
    began = time.perf_counter()
    while time.perf_counter() - began < 4 * RECOVERY_SECONDS:
        started = time.perf_counter()
        crowd.took.clear()
        before = crowd.statuses["done"], crowd.sent
        await crowd.at(able / 3, 1.0)
        done, sent = crowd.statuses["done"] - before[0], crowd.sent - before[1]
        if done >= 0.97 * sent and percentile(crowd.took, 0.99) < P99_SECONDS / 2:
            return started - began
    return float("inf")


def _judge(
    seconds: float, able: float, sent: int, took: list[float], refused: list[float], statuses: Counter[str],
    late: Counter[str], recovered: float, unanswered: int, before: int, peak: int, after: int,
) -> list[str]:  # fmt: skip
    offered = sent / seconds
    print(f"offered {offered:.0f} requests/s for {seconds:.0f} s ({offered / able:.1f} times what it can do)")
    print(f"answers: {', '.join(f'{count} {name}' for name, count in statuses.most_common())}")
    print(
        f"done: {len(took) / seconds:.0f}/s ({len(took) / seconds / able:.2f} of what it can do), median "
        f"{statistics.median(took or [0]) * 1000:.0f} ms, p99 {percentile(took, 0.99) * 1000:.0f} ms; "
        f"refused: median {statistics.median(refused or [0]) * 1000:.0f} ms, p99 {percentile(refused, 0.99) * 1000:.0f} ms"
    )
    print(f"recovered after {recovered:.1f} s; {unanswered} never answered; afterwards {dict(late)}")
    print(f"memory {before / 1e6:.0f} MB before, {peak / 1e6:.0f} MB at most, {after / 1e6:.0f} MB after")
    expected = {"done", "503 with Retry-After", "nobody to send it"}
    wrong = {name: count for name, count in (statuses + late).items() if name not in expected}
    faults = []
    if not percentile(took, 0.99) <= P99_SECONDS:
        faults.append(f"p99 of what was done is above {P99_SECONDS} s")
    if wrong or unanswered:
        faults.append(f"neither done nor refused with 503 and Retry-After: {wrong}, {unanswered} unanswered")
    if offered < 0.8 * TIMES * able:
        faults.append(f"only {offered / able:.1f} times the load was offered: the measurement is none")
    if recovered > RECOVERY_SECONDS:
        faults.append(f"it needed {recovered:.1f} s to recover")
    if after > GROWTH * before:
        faults.append("memory did not return")
    return faults


def main() -> int:
    """0 when it behaved."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # whoever ends it leaves no process behind
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    home = Path(tempfile.mkdtemp(prefix="jembatan-overload-"))
    home.chmod(0o755)
    try:
        faults = asyncio.run(measure(home, parser.parse_args().seconds))
    except BaseException:
        print(f"logs are kept in {home}")
        raise
    shutil.rmtree(home, ignore_errors=True)
    for fault in faults:
        print(f"NOT SO: {fault}")
    print("overload: " + ("not as promised" if faults else "as promised"))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
