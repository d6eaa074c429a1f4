"""What the operations answer on the stage, made fit for the document: recorded over HTTP, the same bytes each time.

`RECORD=1 pytest tests/authorisation/test_answers.py` writes `openapi/examples/responses/`; without it the test plays
them anew and compares. What differs between two runs is replaced and nothing else: ids, times, secrets and digests; lists
are cut short where an answer would be long.
"""

import csv
import hashlib
import json
import re
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from authorisation.calls import OPERATIONS, request
from authorisation.preludes import PRELUDES
from authorisation.stage import AWARDED, BUYER, LOSER, PARTIES, Stage
from contract_stage import snake

from api.generated import ROOT

FOLDER: Final = ROOT / "openapi" / "examples" / "responses"
MATRIX: Final = Path(__file__).with_name("matrix.csv")
LONGEST: Final = 2600
"""Bytes of an answer, written without blanks; what is longer has its lists cut, to two items and then to one."""
OTHERWISE: Final[dict[str, tuple[str, str]]] = {
    "getAward": ("accepted", BUYER),
    "getFile": ("sealed", BUYER),
    "getOrder": ("live", BUYER),
    "getQuote": ("opened_awarded_supplier", BUYER),
    "getRfq": ("opened", BUYER),
    "listDocuments": ("sealed", BUYER),
    "listMemberships": ("-", LOSER),
    "listParticipants": ("draft", BUYER),
    "listQuestions": ("sealed", BUYER),
    "listQuotes": ("-", AWARDED),
    "listRfqQuotes": ("opened", BUYER),
}
"""Where the first caller who may is not the one whose answer tells most: operation → object, caller."""

SINGLE: Final = frozenset({"listWebhookDeliveries"})
"""Where two items may or may not be made in one go."""


def played() -> dict[str, tuple[str, str]]:
    """Each operation that answers JSON: on what it is played, and by whom."""
    found: dict[str, tuple[str, str]] = {}
    with MATRIX.open(newline="") as file:
        for row in csv.DictReader(file):
            caller = next((name for name in PARTIES if row[name] == "ok"), None)
            if caller is not None and answers_json(row["operation"]):
                found.setdefault(row["operation"], (row["on"], caller))
    return found | OTHERWISE


def answers_json(operation: str) -> bool:
    """Whether what it answers when it succeeds is JSON."""
    answers = OPERATIONS[operation][2]["responses"]
    return any(
        "application/json" in answer.get("content", {}) for status, answer in answers.items() if status[0] == "2"
    )


async def answers(stage: Stage) -> AsyncIterator[tuple[str, Any]]:
    """(handler, answer) of each: first what only reads, then what is rehearsed, then what needs something done before."""
    known = played()
    order = sorted(known, key=lambda name: OPERATIONS[name][0] != "GET")
    for operation in [name for name in order if name not in PRELUDES]:
        on, name = known[operation]
        yield snake(operation), await answer(stage, operation, on, name)
    for operation, prelude in PRELUDES.items():
        on, name = await prelude(stage)
        yield snake(operation), await answer(stage, operation, on, name)


async def answer(stage: Stage, operation: str, on: str, name: str) -> Any:
    """What one operation answers, fit for the document. It has to succeed."""
    sent = await request(stage, operation, on)
    if operation == "issueToken":
        response = await token(stage, name)
    else:
        if "limit" in _parameters(operation):
            limit = 1 if operation in SINGLE else 2
            sent = sent._replace(path=f"{sent.path}{'&' if '?' in sent.path else '?'}limit={limit}")
        response = await sent.by(stage.world, stage.party(name), dry=True)
    assert response.is_success, f"{operation} on {on} by {name}: {response.status_code} {response.text}"
    return Normal(response.json()).written()


async def token(stage: Stage, name: str) -> Any:
    """An access token for a key of the party."""
    made = await stage.party(name).done(
        "POST", "/v1/credentials", {"name": "erp", "scopes": ["rfqs:read", "rfqs:write"]}
    )
    form = {"grant_type": "client_credentials", "client_id": made["credential"]["id"], "client_secret": made["secret"]}
    return await stage.world.http.post("/v1/oauth/token", data=form)


def _parameters(operation: str) -> set[str]:
    return {one.get("name", "") for one in OPERATIONS[operation][2].get("parameters", [])}


ACTOR: Final = re.compile(r"\b(\w+:)([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\b")
ID: Final = re.compile(r"\b([a-z]{3})_([0-9a-f]{32})\b")
INSTANT: Final = re.compile(r"\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")
DAY: Final = re.compile(r"(?<![\dT])\d{4}-\d\d-\d\d(?![\dT])")
DIGEST: Final = re.compile(r"\b[0-9a-f]{64}\b")
NUMBERED: Final = re.compile(r"\b([A-Z]{2,4})(-\d{4})?-(?:[0-9a-f]{12}|[0-9a-f]{8})\b")
RECORDED: Final = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
SECRET: Final[dict[str, str]] = {
    "access_token": "eyJhbGciOiJFZDI1NTE5Iiwi…",
    "hint": "jbt_7QkZp2",
    "kid": "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k",
    "next_cursor": "WyJyZnEiLDE3XQ",
    "seconds": "0.12",
    "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
}
"""By member: what is random, measured or nobody's to know, and what stands there instead (the key is that of RFC 8037)."""
KEYS: Final[dict[str, str]] = {"jbt_": "jbt_…", "whsec_": "whsec_…"}
NAMES: Final[dict[str, str]] = {
    "PT owner_buyer": "PT Pompa Nusantara",
    "PT other_buyer": "PT Turbin Timur",
    "PT invited_supplier": "CV Bubut Presisi",
    "PT uninvited_supplier": "CV Cor Mulia",
    "PT awarded_supplier": "Koperasi Logam Ceper",
    "PT losing_supplier": "CV Poros Sejati",
    "PT facilitator": "Dinas Perindustrian",
    "PT operator": "Jembatan",
    "PT menunggu": "CV Baru Berdiri",
    "http://jembatan.test": "https://jembatan.example.com",
    "Rahasia draf 4471": "Poros pompa sentrifugal",
    "Rahasia terbuka 4472": "Kopling tetap",
    "Rahasia dibuka 4473": "Rumah bantalan",
    "Rahasia ditawar 4474": "Roda gigi lurus",
    "Rahasia dipesan 4475": "Poros bertingkat",
    "Rahasia gagal 4476": "Puli alur V",
    "isi-gambar-rahasia-4478": "gambar",
    "gambar-rahasia-4477": "kopling",
    "unggahan-rahasia-4479": "poros",
    "pertanyaan rahasia 4480": "Apakah baja S45C boleh diganti 1045?",
    "keberatan rahasia 4481": "Nilai rencana mutu kami tidak dibaca.",
    "tawar-menawar rahasia 4482": "Harga turun bila pesanan setahun?",
    "kunci rahasia 4483": "ERP",
    "rahasia-4484.example.com": "erp.example.com",
    "LOT-RAHASIA-4485": "LOT-4485",
    "SJ-RAHASIA-4486": "SJ-4486",
    "INV-RAHASIA-4487": "INV-4487",
    "klaim rahasia 4488": "Dua orang memilah sehari.",
    "bukti-rahasia-4489": "foto-pemilahan",
    "MAP-RAHASIA-4490": "PC",
    "perubahan rahasia 4491": "Tempo pembayaran 45 hari.",
    "balasan rahasia 4492": "Alat ukur belum dikalibrasi.",
}
"""What the stage calls things to find them in answers of others, and what a reader had rather see."""


class Normal:
    """One answer, with what differs between two runs replaced so that what was equal stays equal and what was later stays later."""

    def __init__(self, body: Any) -> None:
        self.body = body
        texts = list(_texts(body))
        now = datetime.now(UTC)
        self._ids: dict[str, str] = {}
        self._digests: dict[str, str] = {}
        self._numbers: dict[str, str] = {}
        found = {datetime.fromisoformat(text) for one in texts for text in INSTANT.findall(one)}
        past, future = sorted(one for one in found if one <= now), sorted(one for one in found if one > now)
        self._instants = {one: RECORDED + timedelta(minutes=place) for place, one in enumerate(past)}
        self._instants |= {one: RECORDED + timedelta(days=3 + place) for place, one in enumerate(future)}
        days = {date.fromisoformat(text) for one in texts for text in DAY.findall(one)}
        near = timedelta(days=2)
        early = sorted(one for one in days if one < now.date() - near)
        late = sorted(one for one in days if one > now.date() + near)
        self._days = dict.fromkeys(days, RECORDED.date())
        self._days |= {one: RECORDED.date() - timedelta(days=7 * place) for place, one in enumerate(reversed(early), 1)}
        self._days |= {one: RECORDED.date() + timedelta(days=7 * place) for place, one in enumerate(late, 1)}

    def written(self) -> Any:
        """The answer as it is kept."""
        written = self._value("", self.body)
        for most in (2, 1):
            if len(json.dumps(written, separators=(",", ":"))) > LONGEST:
                written = _cut(written, most)
        return written

    def _value(self, name: str, value: Any) -> Any:
        if isinstance(value, dict):
            return {self._text(key): self._value(key, item) for key, item in value.items()}
        if isinstance(value, list):
            return [self._value(name, item) for item in value]
        if isinstance(value, str):
            if name in SECRET:
                return SECRET[name]
            return next((shown for start, shown in KEYS.items() if value.startswith(start)), self._text(value))
        return value

    def _text(self, text: str) -> str:
        for was, shown in NAMES.items():
            text = text.replace(was, shown)
        text = ID.sub(lambda found: f"{found[1]}_{self._uuid(found[2]).replace('-', '')}", text)
        text = ACTOR.sub(lambda found: f"{found[1]}{self._uuid(found[2])}", text)
        text = DIGEST.sub(
            lambda found: _nth(self._digests, found[0], lambda n: hashlib.sha256(b"%d" % n).hexdigest()), text
        )
        text = NUMBERED.sub(
            lambda found: (
                f"{found[1]}{'-2026' if found[2] else ''}-{_nth(self._numbers, found[0], lambda n: f'{n:04}')}"
            ),
            text,
        )
        text = INSTANT.sub(
            lambda found: self._instants[datetime.fromisoformat(found[0])].isoformat().replace("+00:00", "Z"), text
        )
        return DAY.sub(lambda found: _day(self._days, found[0]), text)

    def _uuid(self, text: str) -> str:
        return _nth(self._ids, text.replace("-", ""), lambda n: f"0193e7c2-a400-7000-8000-{n:012x}")


def _day(known: dict[date, date], text: str) -> str:
    """One that came in with an instant is in its place already."""
    found = known.get(date.fromisoformat(text))
    return text if found is None else found.isoformat()


def _nth(known: dict[str, str], value: str, write: Callable[[int], str]) -> str:
    if value not in known:
        known[value] = write(len(known) + 1)
    return known[value]


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, str):
        yield value


def _cut(value: Any, most: int) -> Any:
    """With lists of at most so many items."""
    if isinstance(value, dict):
        return {key: _cut(item, most) for key, item in value.items()}
    return [_cut(item, most) for item in value[:most]] if isinstance(value, list) else value


def shape(value: Any) -> Any:
    """Members and types, without the values: of a list, what its items look like."""
    if isinstance(value, dict):
        return {key: shape(item) for key, item in value.items()}
    if isinstance(value, list):
        return sorted({json.dumps(shape(item), sort_keys=True) for item in value})
    return type(value).__name__
