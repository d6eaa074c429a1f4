"""Every figure of docs/webhooks.md comes from the program, and its two examples verify what the program signs."""

import json
import math
import re
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from bid_tab_page import tables
from delivery_samples import claimed

from api.webhooks import message, sender
from domain.outbox import model
from domain.outbox.rules import TEMPORARY, judge
from domain.webhooks import model as webhooks
from domain.webhooks.secrets import new_secret
from domain.webhooks.targets import FIRST_FREE_PORT, HTTPS, TargetRefused, read_url

ROOT = Path(__file__).parents[2]
NODE = ROOT / "tests" / "webhooks" / "node"
PAGE = (ROOT / "docs" / "webhooks.md").read_text()
TABLES = tables(PAGE)
WORDS = " ".join(PAGE.split())
NOW = datetime(2026, 11, 24, tzinfo=UTC)


def said(span: timedelta) -> str:
    """Hours, minutes and seconds; what is zero is left out."""
    total = round(span.total_seconds())
    parts = [(total // 3600, "h"), (total // 60 % 60, "min"), (total % 60, "s")]
    return " ".join(f"{count} {unit}" for count, unit in parts if count)


def hours(span: timedelta) -> int:
    return round(span / timedelta(hours=1))


def test_the_waiting_times_are_those_of_the_program() -> None:
    (rows,) = TABLES["When it is tried again"]
    assert [int(row["attempt"]) for row in rows] == list(range(1, model.MAX_ATTEMPTS + 1))
    assert [row["waits"] for row in rows] == ["", *(said(delay) for delay in model.DELAYS)]
    longest = [sum(model.DELAYS[:count], timedelta()) * (1 + model.JITTER) for count in range(1, model.MAX_ATTEMPTS)]
    shown = [said(timedelta(seconds=math.ceil(round(span.total_seconds(), 3)))) for span in longest]
    assert [row["after the first at most"] for row in rows] == ["", *shown]
    assert f"Without chance that is {said(sum(model.DELAYS, timedelta()))}." in WORDS
    assert f"Each waiting time is {round(model.JITTER * 100)} % longer or shorter" in WORDS


def test_the_outcome_of_each_answer_is_that_of_the_program() -> None:
    (rows,) = TABLES["What your answer brings about"]
    for row in rows:
        status = int(row["answer"])
        is_redirect = 300 <= status < 400
        error = None if 200 <= status < 300 else sender.REDIRECT if is_redirect else sender.STATUS
        attempt = model.Attempt(status=status, error=error, milliseconds=1)
        verdict = judge(claimed(NOW), attempt, last_success_at=NOW, now=NOW, jitter=0.5)
        assert (row["outcome"], row["reason in the log"]) == (verdict.state, error or ""), status
        assert row["endpoint"] == ("disabled" if verdict.disable else "active"), status


@pytest.mark.parametrize(
    "sentence",
    [
        f"An organisation has {webhooks.MAX_ENDPOINTS} endpoints at most.",
        f"a body of less than {model.MAX_BODY} bytes",
        f"any 2xx within {round(model.EXCHANGE.total_seconds())} seconds",
        f"not read beyond {sender.MAX_ANSWER} bytes",
        f"pauses the whole endpoint, {hours(model.MAX_RETRY_AFTER)} hours at most",
        f"refused with 4xx {model.PASS_OVER_AFTER} times (408, 425 and 429 do not",
        f"Of different subjects up to {model.LANE} are under way",
        f"shows for {model.RETENTION.days} days",
        f"the newest {webhooks.KEPT_ATTEMPTS} attempts of each message",
        f"At most {model.MAX_BACKLOG} messages wait",
        f"For {hours(webhooks.ROTATION_OVERLAP)} hours each message has two signatures",
        f"on port {HTTPS} or one from {FIRST_FREE_PORT} on",
        f"`{message.MEDIA_TYPES['standard']}`, or `{message.MEDIA_TYPES['cloudevents']}`",
        ", ".join(
            f"`{name}`"
            for name in (
                sender.TIMEOUT, sender.CONNECT, sender.BROKEN, sender.TLS, sender.DNS, sender.REFUSED,
            )
        ),
    ],
)  # fmt: skip
def test_every_other_figure_is_the_programs(sentence: str) -> None:
    assert sentence in WORDS
    assert {408, 425, 429} == TEMPORARY


def test_the_addresses_that_are_refused_are_refused() -> None:
    (rows,) = TABLES["Where messages go"]
    for row in rows:
        with pytest.raises(TargetRefused):
            read_url(row["URL"], loopback=False)


def example(language: str) -> str:
    """The one block of that language."""
    (found,) = re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    return str(found)


def signed() -> tuple[str, bytes, list[dict[str, str]]]:
    """(secret, body, headers that are good and headers of a message that is six minutes old)."""
    secret, body, now = new_secret(), '{"type":"x","data":"µ"}'.encode(), datetime.now(UTC)
    times = (now, now - timedelta(minutes=4), now - timedelta(minutes=6))
    return secret, body, [message.headers_of("evt_1", body, [new_secret(), secret], at) for at in times]


def test_the_python_example_verifies() -> None:
    names: dict[str, Any] = {}
    exec(compile(example("python"), "docs/webhooks.md", "exec"), names)  # noqa: S102  the page's own example
    secret, body, headers = signed()
    assert [names["receive"](secret, body, sent)[0] for sent in headers] == [204, 204, 401]
    assert names["receive"](secret, body, headers[0])[1] == json.loads(body)
    assert names["receive"](secret, body + b" ", headers[0]) == (401, None)
    assert names["receive"](new_secret(), body, headers[0]) == (401, None)


def test_the_javascript_example_verifies() -> None:
    if shutil.which("node") is None or not (NODE / "node_modules" / "standardwebhooks").is_dir():
        pytest.skip("no node, or `npm ci` was not run in tests/webhooks/node: the JavaScript example is not run")
    secret, body, headers = signed()
    asked = [[secret, body.decode(), sent] for sent in headers] + [[secret, body.decode() + " ", headers[0]]]
    program = (
        f"{example('javascript')}\nconsole.log(JSON.stringify({json.dumps(asked)}.map((one) => receive(...one))));"
    )
    done = subprocess.run(
        ["node", "--input-type=module", "-"],
        cwd=NODE, input=program, capture_output=True, text=True, check=True, timeout=30,
    )  # fmt: skip
    told = json.loads(body)
    assert json.loads(done.stdout) == [[204, told], [204, told], [401, None], [401, None]]
