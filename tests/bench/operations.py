"""Which operations are measured, with which requests, against which target (design: CPU per request, API + PostgreSQL)."""

import base64
import uuid
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import msgspec

from api.paging import cursor
from bench.content import rfq_body
from bench.prepare import Prepared

READS, WRITES, PAIRS, TABS = 1_600, 600, 200, 40
WARM_READS, WARM_WRITES, WARM_PAIRS, WARM_TABS = 400, 150, 50, 8
"""Before anything is counted: statements get their plans, pools their connections, the interpreter its caches."""
SUBMITS, AWARDS = WRITES + WARM_WRITES, PAIRS + WARM_PAIRS


class Target(NamedTuple):
    """Microseconds of CPU; of `whole`, both together."""

    api: int | None = None
    postgres: int | None = None
    whole: int | None = None


class Operation(NamedTuple):
    """One row of the table: items to send (several requests that follow each other are one item)."""

    name: str
    items: list[list[bytes]]
    statuses: tuple[int, ...]
    warm: int
    times: int
    target: Target
    once: bool = False
    flat: bool = False
    """Measured at every scale, to show that it costs the same."""


def request(method: str, path: str, secret: str, *, body: Any = None, etag: str | None = None, **more: str) -> bytes:
    """One request over HTTP/1.1; a POST has a fresh `Idempotency-Key`. `more` are further headers, `_` for `-`."""
    content = b"" if body is None else msgspec.json.encode(body)
    lines = [f"{method} {path} HTTP/1.1", "host: bench", f"authorization: Bearer {secret}"]
    if method == "POST":
        lines += [f"idempotency-key: {uuid.uuid4()}", f"content-length: {len(content)}"]
    if body is not None:
        lines.append("content-type: application/json")
    if etag is not None:
        lines.append(f"if-match: {etag}")
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in more.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + content


def operations(known: Prepared) -> Iterator[Operation]:
    """All that is measured by its CPU, in the order of the table of targets."""
    yield Operation(
        "list_rfqs (50)",
        [[request("GET", "/v1/rfqs?limit=50", known.supplier)]],
        (200,),
        WARM_READS,
        READS,
        Target(450, 150),
        flat=True,
    )
    gets = [[request("GET", f"/v1/rfqs/{one}", known.supplier)] for one in known.rfqs]
    yield Operation("get_rfq (10 lines)", gets, (200,), WARM_READS, READS, Target(350, 120), flat=True)
    same = [[request("GET", f"/v1/rfqs/{one}", known.supplier, if_none_match='"3"')] for one in known.rfqs]
    yield Operation("get_rfq, 304", same, (304,), WARM_READS, READS, Target(200, 60))
    submits = [[request("POST", f"/v1/quotes/{one}/submit", known.supplier)] for one in known.drafts]
    yield Operation(
        "submit_quote (5 lines)", submits, (200,), WARM_WRITES, WRITES, Target(1100, 600), once=True, flat=True
    )
    body = rfq_body(5)
    creates = [[request("POST", "/v1/rfqs", known.buyer, body=body)] for _ in range(WRITES + WARM_WRITES)]
    yield Operation("create_rfq (5 lines)", creates, (201,), WARM_WRITES, WRITES, Target(900, 500), once=True)
    tab = request("GET", f"/v1/rfqs/{known.compared}/comparison", known.buyer)
    yield Operation("compare_quotes (40 x 50)", [[tab]], (200,), WARM_TABS, TABS, Target(whole=6000))
    yield Operation(
        "propose_award + issue_award",
        [_award(known, *one) for one in known.to_award],
        (201, 200),
        WARM_PAIRS,
        PAIRS,
        Target(1500, 900),
        once=True,
    )
    yield Operation(
        "list_events (100, deep)",
        [_events(known, place, None) for place in known.cursors],
        (200,),
        WARM_READS // 2,
        READS // 2,
        Target(500, 250),
        flat=True,
    )
    yield Operation(
        "list_events, a rare type",
        [_events(known, place, "organisation.suspended") for place in known.cursors],
        (200,),
        WARM_READS // 6,
        READS // 6,
        Target(500, 250),
        flat=True,
    )


def _award(known: Prepared, rfq: str, quote: str) -> list[bytes]:
    lines = [{"line_no": number, "quantity": "250", "reason": "lowest_total_cost"} for number in range(1, 6)]
    propose = request("POST", f"/v1/rfqs/{rfq}/awards", known.buyer, body={"quote_id": quote, "lines": lines})
    return [propose, request("POST", "/v1/awards/@ID@/issue", known.buyer, etag="@ETAG@")]


def _events(known: Prepared, place: tuple[int, int], type_: str | None) -> list[bytes]:
    after = cursor(["events", None if type_ is None else [type_], None], list(place))
    types = "" if type_ is None else f"&types={type_}"
    return [request("GET", f"/v1/events?limit=100&after={after}{types}", known.supplier)]


def packed(items: Sequence[Sequence[bytes]]) -> list[list[str]]:
    """As a `Plan` holds them."""
    return [[base64.b64encode(part).decode() for part in item] for item in items]
