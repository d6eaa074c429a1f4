"""What is not a request's CPU: uploads and downloads, webhooks, memory."""

import hashlib
import os
import socket
import subprocess
import sys
import time
import uuid
from pathlib import Path
from typing import NamedTuple

import asyncpg
import httpx
import msgspec

from bench.content import bytes32
from bench.machine import children, memory, stat, tree_seconds
from bench.prepare import Prepared
from bench.seed import supplier_id
from bench.server import ROOT, Database, Served, asked

MIB = 1024 * 1024
FILE_MIB = 256
ENDPOINTS, EVENTS = 10, 300
"""Deliveries: each of the endpoints gets each of the events."""
DELIVERY_SECONDS = 90


class Transfer(NamedTuple):
    """One direction. `grown`: resident bytes of the largest worker, afterwards above before."""

    megabytes_per_second: float
    milliseconds_per_megabyte: float
    """CPU of the API."""
    grown: int


def workers(served: Served) -> list[int]:
    """The server's processes besides the supervising one."""
    return children(served.pid)


def transfers(served: Served, known: Prepared) -> tuple[Transfer, Transfer]:
    """Upload and download of one file: (up, down)."""
    part = os.urandom(MIB)
    head = b"%PDF-1.7\n"
    size = FILE_MIB * MIB
    digest = hashlib.sha256(head)
    for _ in range(FILE_MIB):
        digest.update(part)
    size += len(head)
    with socket.create_connection((served.host, served.port), timeout=120) as connection:
        lines = (
            "POST /v1/files?name=drawing.pdf HTTP/1.1\r\nhost: bench\r\ncontent-type: application/octet-stream\r\n"
            f"authorization: Bearer {known.buyer}\r\nidempotency-key: {uuid.uuid4()}\r\ncontent-length: {size}\r\n\r\n"
        )
        before, cpu, started = _resident(served), tree_seconds(served.pid), time.perf_counter()
        connection.sendall(lines.encode() + head)
        for _ in range(FILE_MIB):
            connection.sendall(part)
        answer = connection.recv(65536)
        while b"\r\n\r\n" not in answer or not answer.endswith(b"}"):
            answer += connection.recv(65536)
        up = _transfer(served, before, cpu, started, size)
        file = msgspec.json.decode(answer.partition(b"\r\n\r\n")[2])
        if file.get("sha256") != digest.hexdigest():
            raise RuntimeError(f"the upload failed: {answer[:500]!r}")
        before, cpu, started = _resident(served), tree_seconds(served.pid), time.perf_counter()
        connection.sendall(
            f"GET /v1/files/{file['id']}/content HTTP/1.1\r\nhost: bench\r\nauthorization: Bearer {known.buyer}\r\n\r\n".encode()
        )
        received, buffer = -1, bytearray(MIB)
        answer = b""
        while received < size:
            count = connection.recv_into(buffer)
            if not count:
                raise RuntimeError("the download broke off")
            if received < 0:
                answer += buffer[:count]
                _, found, rest = answer.partition(b"\r\n\r\n")
                received = len(rest) if found else -1
            else:
                received += count
        down = _transfer(served, before, cpu, started, size)
    return up, down


def _transfer(served: Served, before: int, cpu: float, started: float, size: int) -> Transfer:
    seconds = time.perf_counter() - started
    used = tree_seconds(served.pid) - cpu
    return Transfer(size / 1e6 / seconds, used * 1000 / (size / 1e6), _resident(served) - before)


def _resident(served: Served) -> int:
    return max((known.resident for pid in workers(served) if (known := stat(pid)) is not None), default=0)


def worker_memory(served: Served) -> tuple[int, int]:
    """(resident, proportional) bytes of the largest worker."""
    return max(memory(pid) for pid in workers(served))


class FanOut(NamedTuple):
    """Deliveries for each second of CPU of the dispatcher, and of PostgreSQL for each delivery (µs); by the clock too."""

    per_cpu_second: float
    postgres: float | None
    per_second: float
    deliveries: int


_RECEIVER = Path(__file__).with_name("receiver.py")


def fan_out(known: Database, prepared: Prepared, served: Served, postgres: "object") -> FanOut:
    """`jembatan work` delivering events of the supplier to a receiver on this machine."""
    assert callable(postgres)
    receiver = subprocess.Popen([sys.executable, str(_RECEIVER)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert receiver.stdin is not None
    assert receiver.stdout is not None
    try:
        port = int(receiver.stdout.readline())
        _endpoints(served, prepared, port)
        asked(known.owner, _announce)
        environment = {**os.environ, "JEMBATAN_HOME": str(known.home), "JEMBATAN_WEBHOOK_LOOPBACK": "1"}
        environment.pop("DATABASE_URL", None)
        if known.external:
            environment["DATABASE_URL"] = known.app
        wanted = ENDPOINTS * EVENTS
        with (known.home / "work.log").open("wb") as log:
            worker = subprocess.Popen(
                [sys.executable, "-m", "api", "work"], env=environment, cwd=ROOT, stdout=log, stderr=log
            )
            try:
                first = _count(receiver, 1)
                cpu, database, started = tree_seconds(worker.pid), postgres(), time.perf_counter()
                last = _count(receiver, wanted)
                seconds = time.perf_counter() - started
                used, spent = tree_seconds(worker.pid) - cpu, postgres() - database
            finally:
                worker.terminate()
                worker.wait(40)
        count = last - first
        return FanOut(count / used, spent / count * 1e6, count / seconds, count)
    finally:
        receiver.stdin.close()
        receiver.wait(10)


def _count(receiver: "subprocess.Popen[bytes]", wanted: int) -> int:
    """How much was received once it is `wanted` or more; RuntimeError when it does not come."""
    ends = time.monotonic() + DELIVERY_SECONDS
    assert receiver.stdin is not None
    assert receiver.stdout is not None
    while time.monotonic() < ends:
        receiver.stdin.write(b"?\n")
        receiver.stdin.flush()
        found = int(receiver.stdout.readline())
        if found >= wanted:
            return found
        time.sleep(0.01)
    raise RuntimeError(f"of {wanted} deliveries {found} came")


def _endpoints(served: Served, prepared: Prepared, port: int) -> None:
    headers = {"authorization": f"Bearer {prepared.supplier}"}
    with httpx.Client(base_url=f"http://{served.host}:{served.port}", trust_env=False, headers=headers) as client:
        for _ in range(ENDPOINTS):
            client.post(
                "/v1/webhook-endpoints",
                json={"url": f"http://127.0.0.1:{port}/", "event_types": []},
                headers={"idempotency-key": str(uuid.uuid4())},
            ).raise_for_status()


async def _announce(owner: "asyncpg.Connection[asyncpg.Record]") -> None:
    """Events of as many objects that the supplier sees."""
    some = bytes.fromhex(bytes32("announced"))
    await owner.execute(
        "WITH written AS ("
        "  INSERT INTO event (xid, id, type, subject_type, subject_id, subject_version, organisation_id, actor_name, at, data,"
        "                     change, leaf, hash, hash_version)"
        "  SELECT pg_current_xact_id(), gen_random_uuid(), 'rfq.closed', 'rfq', gen_random_uuid(), 3, $1, 'ERP',"
        "         clock_timestamp(), '{}', '{}', $2, $2, 1 FROM generate_series(1, $3) RETURNING xid, position)"
        "INSERT INTO event_audience (organisation_id, xid, position) SELECT $1, xid, position FROM written",
        uuid.UUID(supplier_id(0)),
        some,
        EVENTS,
    )
