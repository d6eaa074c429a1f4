"""What only whole server processes show: counts of all workers in one place, and a drain that finishes what it began."""

import os
import re
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from server_process import served

pytestmark = pytest.mark.slow
REQUESTS = 40
WORKERS = 2


def counted(client: httpx.Client) -> int:
    text = client.get("/metrics").text
    found = re.search(r'jembatan_requests_total\{[^}]*operation="get_me"[^}]*\} ([\d.]+)', text)
    return int(float(found[1])) if found else 0


def test_every_worker_shows_what_all_of_them_counted(tmp_path: Path) -> None:
    with served(tmp_path, workers=WORKERS) as server:
        for _ in range(REQUESTS):
            with server.client() as client:  # a connection of its own: either worker may take it
                client.get("/v1/me").raise_for_status()
        ends = time.monotonic() + 10
        agreed = 0
        while agreed < 10:  # each process adds up what the others have told of a second ago
            assert time.monotonic() < ends, "each process tells of its requests every second"
            with server.client() as client:
                shown = counted(client)
            assert shown <= REQUESTS
            agreed = agreed + 1 if shown == REQUESTS else 0
            time.sleep(0.05)
        with server.client() as client:
            ends = time.monotonic() + 10
            while f'jembatan_pool_connections{{kind="limit"}} {WORKERS * 10}.0' not in client.get("/metrics").text:
                assert time.monotonic() < ends, "each process notes its connections every second"
                time.sleep(0.1)


def test_a_request_under_way_is_finished_before_the_server_stops(tmp_path: Path) -> None:
    with served(tmp_path) as server, server.client() as client:
        begun, go_on = threading.Event(), threading.Event()

        def body() -> Iterator[bytes]:
            yield b"one line\n" * 1000
            begun.set()
            assert go_on.wait(20)
            yield b"the last line\n"

        def stop() -> None:
            assert begun.wait(20)
            os.kill(server.pid, signal.SIGTERM)
            go_on.set()

        stopping = threading.Thread(target=stop)
        stopping.start()
        answer = client.post(
            "/v1/files?name=a.txt",
            content=body(),
            headers={"idempotency-key": "1", "content-type": "application/octet-stream"},
        )
        stopping.join()
        assert (answer.status_code, answer.json()["state"]) == (201, "clean")
