"""What may be accepted and rejected: one row for each rule, without a database."""

from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace
from order_samples import inspection, order
from samples import AFTER, THE_BUYER, THE_RIVAL, THE_SUPPLIER

from domain.actors import Actor
from domain.errors import Forbidden, Invalid, LimitReached, NotFound, OverInspection, Refusal, WrongState
from domain.quality import rules
from domain.quality.model import (
    MAX_RECORDINGS,
    Defect,
    FindingDraft,
    InspectionDraft,
    Recording,
)

D = Decimal
KNOWN = {1: frozenset({3, 7})}


def defect(quantity: str = "1", **changes: Any) -> Defect:
    return Defect(**{"characteristic_no": None, "code": "burr", "quantity": D(quantity), "note": None, **changes})


def found(line_no: int, lot: str, accepted: str, rejected: str = "0", *defects: Defect) -> FindingDraft:
    return FindingDraft(line_no=line_no, lot=lot, accepted=D(accepted), rejected=D(rejected), defects=defects)


def draft(*lines: FindingDraft) -> InspectionDraft:
    return InspectionDraft(inspector="Sari", note=None, lines=lines)


@pytest.mark.parametrize(
    ("lines", "refusal", "pointers"),
    [
        ((), Invalid, ["/lines"]),
        ((found(1, "L9", "1"),), Invalid, ["/lines/0"]),
        ((found(9, "L1", "1"),), Invalid, ["/lines/0"]),
        ((found(1, "L1", "0"),), Invalid, ["/lines/0"]),
        ((found(1, "L1", "0.5"),), Invalid, ["/lines/0/accepted"]),
        ((found(1, "L1", "3", "-1"),), Invalid, ["/lines/0/rejected"]),
        ((found(1, "L1", "1"), found(1, "L1", "1")), Invalid, ["/lines/1/lot"]),
        ((found(1, "L1", "1", "1", defect("2")),), Invalid, ["/lines/0/defects/0/quantity"]),
        ((found(1, "L1", "1", "1", defect("0")),), Invalid, ["/lines/0/defects/0/quantity"]),
        ((found(1, "L1", "1", "1", defect(code="ugly")),), Invalid, ["/lines/0/defects/0/code"]),
        ((found(1, "L1", "1", "1", defect(code=None)),), Invalid, ["/lines/0/defects/0"]),
        ((found(1, "L1", "1", "1", defect(characteristic_no=4)),), Invalid, ["/lines/0/defects/0/characteristic_no"]),
        ((found(1, "L1", "61"),), OverInspection, ["/lines/0"]),
        ((found(1, "L1", "59", "2"),), OverInspection, ["/lines/0"]),
    ],
)
def test_a_recording_is_refused(lines: tuple[FindingDraft, ...], refusal: type[Refusal], pointers: list[str]) -> None:
    with pytest.raises(refusal) as caught:
        rules.decide_record(inspection(), order(), draft(*lines), THE_BUYER, KNOWN)
    assert [fault.pointer for fault in caught.value.faults] == pointers


@pytest.mark.parametrize(
    ("lines", "action"),
    [
        ((found(1, "L1", "10"),), "record"),
        ((found(1, "L1", "58", "2", defect("2"), defect(characteristic_no=7)),), "record"),
        ((found(1, "L1", "60"), found(1, "L2", "0", "5", defect("5"))), "finish"),
    ],
)
def test_an_inspection_finishes_with_its_last_piece(lines: tuple[FindingDraft, ...], action: str) -> None:
    thing = inspection((1, "L1", "60"), (1, "L2", "5"))
    assert rules.decide_record(thing, order(), draft(*lines), THE_BUYER, KNOWN).action == action


def test_a_balloon_of_a_line_without_characteristics_is_anybodys() -> None:
    lines = draft(found(1, "L1", "59", "1", defect(characteristic_no=99)))
    assert rules.decide_record(inspection(), order(), lines, THE_BUYER, {}).action == "finish"


@pytest.mark.parametrize(
    ("state", "who", "refusal"),
    [
        ("done", THE_BUYER, WrongState),
        ("pending", THE_SUPPLIER, Forbidden),
        ("pending", THE_RIVAL, NotFound),
    ],
)
def test_who_may_not_inspect_and_when(state: str, who: Actor, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        rules.decide_record(inspection(state=state), order(), draft(found(1, "L1", "1")), who, KNOWN)


def test_an_inspection_has_a_bounded_number_of_parts() -> None:
    part = Recording(at=AFTER, inspector=None, note=None, lines=())
    full = replace(inspection(), recordings=(part,) * MAX_RECORDINGS)
    with pytest.raises(LimitReached):
        rules.decide_record(full, order(), draft(found(1, "L1", "1")), THE_BUYER, KNOWN)


def test_what_the_parties_may_do_now() -> None:
    assert rules.available(inspection(), THE_BUYER, now=AFTER) == (["record_inspection"], [])
    assert rules.available(inspection(), THE_SUPPLIER, now=AFTER) == ([], [])
