"""What cooperatives and their members cover together, and whether a month's capacity reaches."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec
import pytest
from samples import line

from domain.matching.capacity import monthly_need
from domain.matching.model import Candidate
from domain.matching.rules import NOTHING, rank
from domain.memberships import rules as memberships
from domain.organisations.model import Capacity, HeldCertificate, Organisation, Policy, Profile
from domain.rfqs.model import Delivery, Line

NOW = datetime(2026, 11, 24, tzinfo=UTC)
ISO = HeldCertificate(code="iso_9001", number=None, valid_until=None, state="valid")


def shop(number: int, *processes: str, legal_form: str = "CV", **said: Any) -> Organisation:
    return Organisation(
        id=UUID(int=number),
        state="verified",
        version=1,
        name=f"CV {number}",
        roles=("supplier",),
        profile=Profile(legal_form=legal_form),
        policy=Policy(),
        capabilities=msgspec.structs.replace(NOTHING, processes=processes, **said),
        state_reason=None,
        verified_at=NOW,
        created_at=NOW,
        updated_at=NOW,
    )


def ranked(asked: Line, *workshops: Organisation, of: dict[int, list[Organisation]] | None = None) -> list[Candidate]:
    members = {UUID(int=number): found for number, found in (of or {}).items()}
    return rank([asked], workshops, None, today=NOW.date(), members=members)


def asking(*processes: str, quantity: int = 100, unit: str = "H87", **spec: Any) -> Line:
    return line(1, quantity=Decimal(quantity), unit=unit, processes=processes, **spec)


def parts(candidate: Candidate) -> dict[int, tuple[str, ...]]:
    return {part.organisation_id.int: part.processes for part in candidate.members}


def test_few_hands_and_its_own_first() -> None:
    coop = shop(1, "turning")
    members = [shop(2, "drilling"), shop(3, "drilling", "polishing", "turning"), shop(4, "polishing")]
    [found] = ranked(asking("turning", "drilling", "polishing"), coop, of={1: members})
    assert (found.coverage, parts(found)) == ("cooperative", {3: ("drilling", "polishing")})
    assert found.score == Decimal("96.0"), "60 and 15, and 21 for what was not asked for"
    assert not [note for note in found.missing if note.code == "process"]


def test_what_it_can_do_alone_needs_no_member() -> None:
    [found] = ranked(asking("turning"), shop(1, "turning"), of={1: [shop(2, "turning")]})
    assert (found.coverage, found.members) == ("single", ())


def test_together_they_are_as_good_as_all_of_them_say() -> None:
    coop = shop(1, "turning", certificates=(ISO,), materials=("S45C",))
    asked = asking("turning", "drilling", material="S45C", it_grade=7, certificates=("iso_9001",))
    without = shop(2, "drilling", best_it_grade=6)
    [found] = ranked(asked, coop, of={1: [without]})
    notes = {(note.code, note.subject) for note in found.missing}
    assert notes == {("certificate", "iso_9001")}, "a certificate covers who holds it"
    [found] = ranked(asked, coop, of={1: [shop(2, "drilling", best_it_grade=6, certificates=(ISO,))]})
    assert (found.missing, found.score) == ((), Decimal("96.0"))


def test_a_member_that_lacks_a_permit_does_not_plate() -> None:
    permit = HeldCertificate(code="lb3_permit", number=None, valid_until=None, state="valid")
    asked = asking("turning", "plating_zinc")
    lacking, holding = shop(2, "plating_zinc"), shop(3, "plating_zinc", certificates=(permit,))
    [found] = ranked(asked, shop(1, "turning"), of={1: [lacking]})
    assert (found.coverage, parts(found)) == ("with_outside_operations", {})
    [found] = ranked(asked, shop(1, "turning"), of={1: [lacking, holding]})
    assert (found.coverage, parts(found)) == ("cooperative", {3: ("plating_zinc",)})


@pytest.mark.parametrize(
    ("legal_form", "counts"),
    [
        ("Koperasi", True),
        ("koperasi produsen", True),
        ("KOPERASI JASA", True),
        ("PT", False),
        (None, False),
        ("", False),
    ],
)
def test_only_a_cooperative_has_members(legal_form: str | None, counts: bool) -> None:
    firm = shop(1)
    firm = msgspec.structs.replace(firm, profile=Profile(legal_form=legal_form))
    assert memberships.is_cooperative(firm) is counts
    assert bool(memberships.counting([firm], {firm.id: [shop(2)]})) is counts


def due(*days: str, quantity: int = 100) -> tuple[Delivery, ...]:
    return tuple(
        Delivery(due_on=date.fromisoformat(day), quantity=Decimal(quantity), certainty="forecast") for day in days
    )


@pytest.mark.parametrize(
    ("days", "need"),
    [
        ((), None),
        (("2027-01-15",), 1200),
        (("2027-01-01", "2027-01-31"), 1200),
        (("2027-01-31", "2027-02-01"), 600),
        (("2026-11-15", "2027-02-15"), 300),
        (("2027-12-01", "2027-01-01"), 100),
    ],
)
def test_a_month_needs_the_quantity_over_the_months_of_the_schedule(days: tuple[str, ...], need: int | None) -> None:
    found = monthly_need([asking("turning", quantity=1200, schedule=due(*days))])
    assert found == ({} if need is None else {"H87": Decimal(need)})


def test_lines_of_one_unit_add_up() -> None:
    lines = [
        line(no, quantity=Decimal(100), unit=unit, schedule=due("2027-01-01"))
        for no, unit in enumerate(("H87", "KGM", "H87"), 1)
    ]
    assert monthly_need(lines) == {"H87": Decimal(200), "KGM": Decimal(100)}


@pytest.mark.parametrize(
    ("declared", "why", "missing"),
    [
        ((), [], []),
        ((("400", "HUR"),), [], []),
        ((("34", "H87"),), ["34 H87"], []),
        ((("33", "H87"),), [], ["34 H87"]),
        ((("20", "H87"), ("14", "H87")), ["34 H87"], []),
    ],
)
def test_capacity_is_a_note(declared: tuple[tuple[str, str], ...], why: list[str], missing: list[str]) -> None:
    said = tuple(Capacity(quantity=Decimal(quantity), unit=unit, note=None) for quantity, unit in declared)
    asked = asking("turning", quantity=100, schedule=due("2027-01-01", "2027-02-01", "2027-03-01"))
    [found] = ranked(asked, shop(1, "turning", capacity=said))
    assert [note.subject for note in found.why if note.code == "capacity"] == why
    assert [note.subject for note in found.missing if note.code == "capacity"] == missing
    assert found.score == Decimal("96.0")


def test_the_slowest_of_several_decides() -> None:
    fast, slow = ((Capacity(quantity=Decimal(quantity), unit="H87", note=None),) for quantity in (1000, 10))
    asked = asking("turning", "drilling", schedule=due("2027-01-01"))
    [found] = ranked(asked, shop(1, "turning", capacity=fast), of={1: [shop(2, "drilling", capacity=slow)]})
    assert [note.subject for note in found.missing] == ["100 H87"]
