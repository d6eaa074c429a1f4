"""What two revisions differ in, member by member, and what of it suppliers are shown."""

from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import msgspec
from msgspec.structs import replace
from samples import BEFORE, characteristic, line, rfq

from domain.addenda.difference import difference, hidden
from domain.rfqs.model import Baseline, Document, Envelope

D = Decimal
IMPORT = Baseline(kind="import", cif_unit_price=D("123.45"), shown=False)


def document(number: int, line_no: int | None) -> Document:
    return Document(
        id=UUID(int=number),
        file_id=UUID(int=number + 10),
        file_name="a.pdf",
        media_type="application/pdf",
        size=1,
        sha256=f"{number:064x}",
        line_no=line_no,
        kind="drawing",
        label=None,
        revision_label=None,
        confidential=True,
        attached_at=BEFORE,
    )


def test_nothing_differs_from_itself() -> None:
    it = rfq(lines=(line(1, characteristics=(characteristic(1),), baseline=IMPORT), line(2)))
    found = difference(it, replace(it, version=9, revision=2, updated_at=BEFORE + timedelta(1)))
    assert (found.terms, found.lines, found.documents) == ((), (), ())
    assert hidden(it, it) == ()


def test_members_are_told_with_their_values() -> None:
    before = rfq(lines=(line(1), line(2)))
    after = rfq(lines=(line(1, quantity=D("2.5"), envelope=Envelope(diameter_mm=D("8.010"))), line(2)))
    [change] = difference(before, after).lines
    assert (change.line_no, change.change) == (1, "changed")
    told = {item.member: (item.before, item.after) for item in change.members}
    assert told["quantity"] == ("100", "2.5")
    assert told["envelope"][0] is None
    assert told["envelope"][1]["diameter_mm"] == "8.010"
    assert set(told) == {"quantity", "envelope"}


def test_characteristics_by_their_number() -> None:
    before = rfq(lines=(line(1, characteristics=(characteristic(1), characteristic(2))),))
    after = rfq(lines=(line(1, characteristics=(replace(characteristic(2), lower=D("-0.1")), characteristic(3))),))
    [change] = difference(before, after).lines
    told = {item.member: (item.before is None, item.after is None) for item in change.members}
    assert told == {
        "characteristics/1": (False, True),
        "characteristics/2": (False, False),
        "characteristics/3": (True, False),
    }


def test_lines_that_come_and_go_say_what_they_were() -> None:
    gone, new = difference(rfq(lines=(line(1),)), rfq(lines=(line(2),))).lines
    assert (gone.line_no, gone.change, gone.digest_after) == (1, "removed", None)
    assert (new.line_no, new.change, new.digest_before) == (2, "added", None)
    assert {item.member: item.before for item in gone.members}["part_number"] == "P-1"
    assert {item.member: item.after for item in new.members}["part_number"] == "P-2"
    assert "certificates" not in {item.member for item in new.members}, "empty lists say nothing"


def test_a_document_of_a_line_moves_that_line() -> None:
    before = rfq(lines=(line(1), line(2)), documents=(document(1, 2),))
    after = rfq(lines=(line(1), line(2)), documents=(document(2, 2),))
    found = difference(before, after)
    assert [(item.change, item.sha256[-1]) for item in found.documents] == [("removed", "1"), ("added", "2")]
    assert [(item.line_no, item.members) for item in found.lines] == [(2, ())]
    assert found.moved_lines == (2,)


def test_what_is_hidden_is_told_apart() -> None:
    before = rfq(lines=(line(1, baseline=IMPORT, target_price=D("77.5")),))
    dearer = replace(IMPORT, cif_unit_price=D("200.25"))
    found = difference(before, rfq(lines=(line(1, baseline=dearer, target_price=D("88.5")),)))
    assert found.lines == ()
    [only] = hidden(before, rfq(lines=(line(1, baseline=dearer, target_price=D("88.5")),)))
    assert {item.member for item in only.members} == {"target_price", "baseline"}
    shown = rfq(lines=(line(1, baseline=replace(dearer, shown=True), target_price=D("77.5")),))
    public = msgspec.json.encode(difference(before, shown))
    assert b"200.25" in public
    assert b"123.45" not in public
    assert b"77.5" not in public
    again = hidden(shown, rfq(lines=(line(1, baseline=dearer, target_price=D("77.5")),)))
    assert again[0].members[0].after["shown"] is False
    assert b"88.5" not in msgspec.json.encode(difference(before, shown))


def test_terms_with_what_follows_from_them() -> None:
    before = rfq()
    after = replace(before, title="Axles", terms=replace(before.terms, nda_text="x", nda_version=2))
    assert [item.member for item in difference(before, after).terms] == ["title", "nda_text", "nda_version"]
