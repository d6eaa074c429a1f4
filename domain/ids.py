"""Identifiers: UUIDv7 in storage; outside, a prefix that names the kind and 32 hexadecimal digits."""

import os
import re
import time
from uuid import UUID

from domain.errors import NotFound

PREFIXES: dict[str, str] = {
    "organisation": "org",
    "membership": "mem",
    "credential": "crd",
    "file": "fil",
    "upload": "upl",
    "code_mapping": "map",
    "document": "doc",
    "rfq": "rfq",
    "line": "lin",
    "participation": "par",
    "question": "qst",
    "quote": "quo",
    "counter_offer": "ctr",
    "score_sheet": "scs",
    "award": "awd",
    "objection": "obj",
    "award_scenario": "scn",
    "order": "ord",
    "first_article": "fai",
    "change_order": "chg",
    "schedule_line": "sch",
    "heartbeat": "hbt",
    "despatch": "dsp",
    "receipt": "rcv",
    "inspection": "ins",
    "nonconformance": "ncr",
    "inspection_plan": "ipl",
    "return_shipment": "ret",
    "cost_claim": "clm",
    "mark": "mrk",
    "invoice": "inv",
    "payment": "pay",
    "event": "evt",
    "access_attempt": "att",
    "webhook_endpoint": "whe",
    "webhook_delivery": "whd",
}
_FORM = re.compile(r"([a-z]{3})_([0-9a-f]{32})")


def new_id() -> UUID:
    """A UUID version 7 (RFC 9562 §5.7): milliseconds since 1970, then 74 random bits."""
    value = int.from_bytes(os.urandom(16), "big")
    value &= (1 << 80) - 1
    value |= (time.time_ns() // 1_000_000) << 80
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return UUID(int=value)


def show(kind: str, value: UUID) -> str:
    """`value` as clients see it: `rfq_0193…`."""
    return f"{PREFIXES[kind]}_{value.hex}"


def show_optional(kind: str, value: UUID | None) -> str | None:
    """As `show`; None stays None."""
    return None if value is None else show(kind, value)


def read(kind: str, text: str) -> UUID:
    """The id behind `text`. A malformed id, or one of another kind, is a NotFound like any unknown id."""
    match = _FORM.fullmatch(text)
    if match is None or match[1] != PREFIXES[kind]:
        raise NotFound(kind)
    return UUID(hex=match[2])
