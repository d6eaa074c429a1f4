"""`jembatan-client events follow` against the running server: nothing is missed over cuts, kills and without streams."""

import json
import os
import queue
import secrets
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import httpx
import pytest
from cut_line import line
from scripted_server import Reply, scripted
from sdk_scene import PYTHON, Stage, python_environment

pytestmark = pytest.mark.slow
PATIENCE = 60


class Following:
    """The command at work, and what it has printed."""

    def __init__(self, url: str, key: str, *arguments: str) -> None:
        environment = {**os.environ, **python_environment(), "JEMBATAN_URL": url, "JEMBATAN_KEY": key, "NO_PROXY": "*"}
        command = [PYTHON, "-m", "jembatan_client.cli", "events", "follow", "--json", *arguments]
        self.process = subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        self._lines: queue.Queue[str] = queue.Queue()
        self.ids: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        with suppress(ValueError):  # closed meanwhile
            for text in self.process.stdout or ():
                self._lines.put(text)

    def until(self, wanted: set[str]) -> None:
        """Read until all of these were shown."""
        ends = time.monotonic() + PATIENCE
        while not wanted <= set(self.ids):
            left = ends - time.monotonic()
            assert left > 0, f"{len(wanted - set(self.ids))} of {len(wanted)} lack; {self.process.poll()}"
            with suppress(queue.Empty):
                self.ids.append(json.loads(self._lines.get(timeout=min(left, 0.5)))["id"])

    def end(self, by: signal.Signals = signal.SIGKILL) -> None:
        """Stop it; what was under way is read too."""
        self.process.send_signal(by)
        self.process.wait(20)
        self._reader.join(20)
        for pipe in (self.process.stdout, self.process.stderr):
            if pipe is not None:
                pipe.close()


@contextmanager
def following(url: str, key: str, *arguments: str) -> Iterator[Following]:
    made = Following(url, key, *arguments)
    try:
        yield made
    finally:
        made.end()


class Buyer:
    """Who makes events happen."""

    def __init__(self, http: httpx.Client) -> None:
        self.http = http

    def events(self, count: int) -> None:
        """So many drafts."""
        closes = (datetime.now(UTC) + timedelta(days=3)).isoformat()
        name = {"id": "Poros", "en": "Shaft"}
        shaft = {"line_no": 1, "part_number": "P-1", "name": name, "quantity": "1", "unit": "H87"}
        body = {"title": "Shafts", "visibility": "open", "quotes_close_at": closes, "lines": [shaft]}
        for _ in range(count):
            answer = self.http.post("/v1/rfqs", json=body, headers={"idempotency-key": secrets.token_hex(8)})
            assert answer.status_code == 201, answer.text

    def feed(self) -> list[str]:
        """The ids of all events that there are, in the order of the feed."""
        found: list[str] = []
        after: dict[str, str] = {}
        while page := self.http.get("/v1/events", params={"limit": 100, **after}).json():
            found += [event["id"] for event in page["items"]]
            if not page["items"]:
                return found
            after = {"after": page["next_cursor"]}
        raise AssertionError

    def happened(self, before: int, count: int) -> list[str]:
        """The feed, once it shows `count` more events: other transactions may hold it back for a moment."""
        ends = time.monotonic() + PATIENCE
        while len(found := self.feed()) < before + count:
            assert time.monotonic() < ends
            time.sleep(0.05)
        return found


@pytest.fixture
def buyer(stage: Stage) -> Iterator[Buyer]:
    headers = {"authorization": f"Bearer {stage.buyer}"}
    with httpx.Client(base_url=stage.url, headers=headers, trust_env=False, timeout=30) as http:
        yield Buyer(http)


def first_times(shown: list[str]) -> list[str]:
    """Without what was shown again."""
    return list(dict.fromkeys(shown))


def test_nothing_is_missed_over_cuts(stage: Stage, buyer: Buyer) -> None:
    had = len(buyer.feed())
    # The line breaks in the middle of events, of pages and perhaps of heads; a page that breaks is asked for again. What gets
    # through between two breaks is less than the number here, so that 32 events of 300 bytes and more meet three of them.
    breaks = [1500 + 300 * number for number in range(6)]
    with line(stage.url, breaks, down=True) as between, following(between.url, stage.buyer) as command:
        for number in range(8):
            buyer.events(4)
            if number % 2:  # so that some come over a stream and some while there is none
                command.until(set(buyer.happened(had, 4 * (number + 1))))
        due = buyer.happened(had, 32)
        command.until(set(due))
        assert between.broken >= 3, "as many bytes as these have come"
    shown = first_times(command.ids)
    assert shown == due, "in the order of the feed"
    assert len(command.ids) <= len(due) + 3 * len(breaks), "what was shown is not shown again and again"


def test_a_killed_command_goes_on_where_its_file_says(stage: Stage, buyer: Buyer, tmp_path: Path) -> None:
    kept = tmp_path / "seen.txt"
    shown: list[str] = []
    for _ in range(3):
        had = len(buyer.feed())
        buyer.events(5)
        due = buyer.happened(had, 5)
        with following(stage.url, stage.buyer, "--cursor", str(kept)) as command:
            command.until(set(due) - set(shown))
        assert len(set(command.ids) & set(shown)) <= 1, "at most what was shown and not yet noted is shown again"
        shown += command.ids
    assert first_times(shown) == due
    left = [path.name for path in tmp_path.iterdir()]
    assert set(left) <= {kept.name, f"{kept.name}.new"}, (
        "of being killed in the midst of writing one file is left, and written anew"
    )


REFUSALS = {
    "too many streams": Reply(429, headers={"retry-after": "30"}),
    "an older server": Reply(404),
    "something between that knows no streams": Reply(502, b"<html>Bad gateway</html>"),
    "a broken connection": Reply(cut=0),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_where_no_stream_is_to_be_had_it_asks(stage: Stage, buyer: Buyer, name: str) -> None:
    buyer.events(2)
    page = buyer.http.get("/v1/events", params={"limit": 2}).json()
    answers = [page, {"items": [], "next_cursor": page["next_cursor"]}]
    replies = [Reply(body=json.dumps(each).encode(), headers={"content-type": "application/json"}) for each in answers]
    with scripted({"play": [REFUSALS[name], *replies]}) as (url, script):
        with following(f"{url}/play", stage.buyer, "--every", "0.1") as command:
            command.until({event["id"] for event in page["items"]})
            assert command.process.wait(PATIENCE) == 1, "there were no further answers"
        asked = [each.path for each in script.asked["play"]]
    assert asked[0].startswith("/v1/events/stream")
    assert asked[1].partition("?")[0] == "/v1/events"
    assert page["next_cursor"] in unquote(asked[2])


def test_asked_to_ask_it_never_opens_a_stream(stage: Stage, buyer: Buyer) -> None:
    had = len(buyer.feed())
    with following(stage.url, stage.buyer, "--poll", "--every", "0.2") as command:
        buyer.events(2)
        command.until(set(buyer.happened(had, 2)))


def test_a_key_that_ends_ends_the_command(stage: Stage) -> None:
    with following(stage.url, "jbt_" + "x" * 43) as command:
        assert command.process.wait(PATIENCE) == 4


@pytest.mark.parametrize("arguments", [["--once"], ["--once", "--poll"]])
def test_once_ends_and_says_where(stage: Stage, buyer: Buyer, arguments: list[str]) -> None:
    buyer.events(1)
    environment = {**os.environ, **python_environment(), "JEMBATAN_URL": stage.url, "JEMBATAN_KEY": stage.buyer}
    command = [PYTHON, "-m", "jembatan_client.cli", "events", "follow", *arguments]

    def run(*more: str) -> Any:
        return subprocess.run(
            [*command, *more], env=environment, capture_output=True, text=True, check=True, timeout=PATIENCE
        ).stdout

    said = run()
    assert "rfq.created" in said
    cursor = said.splitlines()[-1].split()
    assert cursor[0] == "--after"
    assert run(*cursor) == f"--after {cursor[1]}\n"
