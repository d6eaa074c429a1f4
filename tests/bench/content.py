"""What the parties of the measured marketplace write: request bodies, and the rows that they would have become."""

import hashlib
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import msgspec

from api.routes.rfqs_in import RfqCreate
from domain.quotes import model as quotes
from domain.rfqs import model
from domain.rfqs.digest import line_digest

LINE_COUNTS = (1, 2, 5, 1, 3, 10, 2, 1, 4, 3)
"""Lines of the RFQs, in turn: 3.2 on average, one in ten has ten."""
FIVE, TEN = 2, 5
"""Places in `LINE_COUNTS` of RFQs with five and ten lines."""
FAR = datetime(2040, 1, 1, tzinfo=UTC)
"""Open RFQs of a database that is kept stay open."""
_PARTS = ("Poros", "Shaft"), ("Flensa", "Flange"), ("Braket", "Bracket"), ("Bushing", "Bushing"), ("Roda gigi", "Gear")


def line(line_no: int) -> dict[str, Any]:
    """One line as a buyer sends it: a turned part with three characteristics."""
    indonesian, english = _PARTS[line_no % len(_PARTS)]
    return {
        "line_no": line_no,
        "part_number": f"JB-{4000 + line_no}-A",
        "drawing_revision": "C",
        "name": {"id": indonesian, "en": english},
        "specification": "Turn and grind to the drawing; break edges 0.3; no burrs.",
        "material": "S45C",
        "processes": ["turning_cnc"],
        "general_tolerance": "ISO 2768-mK",
        "quantity": "250",
        "unit": "H87",
        "quantity_breaks": ["100", "250", "500"],
        "characteristics": [
            {"no": 1, "name": "Diameter", "nominal": "25", "upper": "0.013", "lower": "0", "unit": "mm", "ctq": True},
            {"no": 2, "name": "Length", "nominal": "120", "upper": "0.1", "lower": "-0.1", "unit": "mm", "ctq": False},
            {"no": 3, "name": "Roughness", "nominal": "1.6", "unit": "um", "ctq": False},
        ],
    }


def rfq_body(lines: int) -> dict[str, Any]:
    """A body of `create_rfq` that can be published."""
    return {
        "title": "Machined parts for line 4",
        "description": "Yearly demand; delivery every two weeks to our plant.",
        "visibility": "open",
        "incoterm": "DAP",
        "delivery_place": "Cikarang",
        "payment_days": 30,
        "quotes_close_at": FAR.isoformat(),
        "lines": [line(number) for number in range(1, lines + 1)],
    }


class Template(msgspec.Struct, frozen=True):
    """An RFQ's terms and lines, ready for COPY."""

    draft: model.Draft
    terms: str
    lines: tuple[tuple[int, str, str], ...]
    """(number, spec as JSON, digest in hex)."""


def template(lines: int) -> Template:
    """What `create_rfq` would store of `rfq_body`."""
    draft = msgspec.convert(rfq_body(lines), RfqCreate).draft()
    return Template(
        draft,
        msgspec.json.encode(draft.terms).decode(),
        tuple(
            (one.line_no, msgspec.json.encode(one.spec).decode(), line_digest(one, draft.terms, ()))
            for one in draft.lines
        ),
    )


def quote_content(lines: Template, price: int, valid_until: date) -> quotes.QuoteContent:
    """What a supplier quotes on it: three breaks a line."""
    return msgspec.convert(
        {
            "currency": "IDR",
            "valid_until": valid_until,
            "incoterm": "DAP",
            "delivery_place": "Cikarang",
            "payment_days": 30,
            "note": None,
            "lines": [
                {
                    "line_no": number,
                    "line_digest": digest,
                    "answer": "priced",
                    "decline_reason": None,
                    "breaks": [
                        {"min_quantity": least, "unit_price": str(price + number * 100 - place * 50)}
                        for place, least in enumerate(("100", "250", "500"))
                    ],
                    "minimum_order_quantity": "100",
                    "lead_time_days": 21,
                    "capacity_per_month": "5000",
                    "tooling": None,
                    "cost_breakdown": None,
                    "local_content": {"basis": "self_declared", "percent": "62.5", "certificate_no": None},
                    "outside_processes": [],
                    "characteristics": [],
                    "note": None,
                }
                for number, _, digest in lines.lines
            ],
        },
        quotes.QuoteContent,
    )


def made_id(milliseconds: int, kind: int, number: int) -> str:
    """32 hexadecimal digits of a UUID version 7: the instant, then `kind` (12 bits) and `number` in place of chance.

    Rising with the instant, as real ids do; the same for every seeding, so that a kept database can be asked for them.
    """
    return f"{milliseconds:012x}7{kind:03x}8{number:015x}"


def as_uuid(text: str) -> UUID:
    """An id as the domain takes it."""
    return UUID(hex=text)


def bytes32(*parts: object) -> str:
    """64 hexadecimal digits that look like a digest."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()
