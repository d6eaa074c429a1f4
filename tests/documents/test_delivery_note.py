"""The surat jalan as PDF: read back as text and pictures by other programs, long, hostile, and the same every time."""

from contextlib import closing
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pypdfium2 as pdfium
from msgspec.structs import replace
from order_samples import despatch, order
from samples import AFTER, BUYER, SUPPLIER

from api.delivery_note import delivery_note, in_wib, lines_of, printable, qr_matrix, quantity_text
from domain.deliveries.model import Note
from domain.ids import show
from domain.organisations.model import Organisation, Policy, Profile

LAST = 130
RESOLUTION = 300


def organisation(key: UUID, name: str, **profile: Any) -> Organisation:
    return Organisation(
        id=key,
        state="verified",
        version=1,
        name=name,
        roles=(),
        profile=Profile(**profile),
        policy=Policy(),
        capabilities=None,
        state_reason=None,
        verified_at=AFTER,
        created_at=AFTER,
        updated_at=AFTER,
    )


def note(*lots: tuple[int, str, str], state: str = "despatched", **detail: Any) -> Note:
    made = despatch(*(lots or ((1, "L-2027-01", "1250.5"),)), state=state)
    lines = (replace(made.lines[0], heat_number="HEAT-77"), *made.lines[1:])
    bought = order("5000", unit="KGM")
    return Note(
        despatch=replace(made, lines=lines, detail=replace(made.detail, **detail)),
        order=replace(bought, number="PO-2027-0042", terms=replace(bought.terms, delivery_place="Gudang 3, Karawang")),
        supplier=organisation(SUPPLIER, "CV Logam Jaya", address="Jl. Besi 12, Tegal", postal_code="52191"),
        buyer=organisation(BUYER, "PT Kereta Nusantara", address="Jl. Rel 1, Madiun"),
    )


def text_of(pdf: bytes) -> str:
    """What another program reads on the pages, each ended by a form feed."""
    with closing(pdfium.PdfDocument(pdf)) as document:
        return "".join(page.get_textpage().get_text_bounded() + "\f" for page in document)


def test_it_says_what_travels() -> None:
    eta = datetime.fromisoformat("2027-01-15T20:30:00+00:00")
    told = text_of(
        delivery_note(note(packages=12, carrier="PT Angkut", vehicle="G 1234 AB", eta=eta, note="Hati-hati"))
    )
    for words in (
        "SURAT JALAN", "Delivery note", "SJ-1", "PO-2027-0042", "CV Logam Jaya", "Jl. Besi 12, Tegal", "52191",
        "PT Kereta Nusantara", "Kirim ke: Gudang 3, Karawang", "L-2027-01", "HEAT-77", "1.250,5", "kilogram", "12",
        "PT Angkut", "G 1234 AB", "16-01-2027 03.30 WIB", "Hati-hati", "Pengirim", "Pengemudi", "Penerima",
        "Halaman 1 dari 1 / Page 1 of 1", show("despatch", UUID(int=91)),
    ):  # fmt: skip
        assert " ".join(words.split()) in " ".join(told.split()), words
    assert "BATAL" not in told
    assert "CONTOH" not in told


def test_the_same_despatch_gives_the_same_bytes() -> None:
    assert delivery_note(note(packages=2)) == delivery_note(note(packages=2))
    assert delivery_note(note(packages=2)) != delivery_note(note(packages=3))


def test_what_is_cancelled_or_a_sample_says_so() -> None:
    assert "BATAL / CANCELLED" in text_of(delivery_note(note(state="cancelled")))
    made = note()
    sample = replace(made, despatch=replace(made.despatch, kind="sample"))
    assert "CONTOH / SAMPLES" in text_of(delivery_note(sample))
    counted = replace(made, despatch=replace(made.despatch, announced=False))
    assert "TANPA PEMBERITAHUAN" in text_of(delivery_note(counted))
    assert "TANPA" not in text_of(delivery_note(made))


def test_long_lists_flow_on_to_numbered_pages() -> None:
    lots = [(1, f"LOT-{number:03}", str(number)) for number in range(1, LAST + 1)]
    told = text_of(delivery_note(note(*lots, note="catatan " * 240)))
    pages = told.split("\f")[:-1]
    assert len(pages) > 2, "130 lots are no single page"
    for number, page in enumerate(pages, 1):
        assert f"Halaman {number} dari {len(pages)}" in page
        assert ("Baris" in page) == ("LOT-" in page), "the table begins with its head on every page"
    assert [f"LOT-{number:03}" in told for number in range(1, LAST + 1)] == [True] * LAST
    assert told.count("catatan") == 240
    assert told.count("Pengemudi") == 1


HOSTILE = "W" * 60
LETTERS = "<b>&(\\) %PDF endstream\nBT ET\x00\u202e\u200b漢字 é"


def test_hostile_texts_stay_texts_on_their_line() -> None:
    made = note((1, HOSTILE, "1"), carrier=LETTERS, vehicle="V" * 40, note=LETTERS * 40)
    line = replace(made.despatch.lines[0], heat_number=HOSTILE)
    told = text_of(
        delivery_note(
            replace(
                made,
                despatch=replace(made.despatch, number="W" * 40, lines=(line,)),
                supplier=organisation(SUPPLIER, "漢" * 200, address="A" * 200),
            )
        ),
    )
    assert told.replace(" ", "").replace("\n", "").count("W") >= 2 * len(HOSTILE) + 40
    assert "<b>&(\\)" in told
    assert "??" in told
    assert "Pengemudi" in told


def test_texts_are_broken_within_their_column() -> None:
    assert printable("a\nb\x00c\u200bd\u202ee é") == "a b c d e é"
    assert printable("漢 €") == "? €"
    assert lines_of("", 50) == [""]
    assert "".join(lines_of("x" * 90, 60)) == "x" * 90
    assert len(lines_of("x" * 90, 60)) > 1
    assert lines_of("satu dua", 500) == ["satu dua"]
    assert quantity_text(Decimal("1234567.25")) == "1.234.567,25"
    assert in_wib(AFTER) == "10-01-2027 18.00 WIB"


def test_the_code_on_paper_is_the_id_of_the_despatch() -> None:
    with closing(pdfium.PdfDocument(delivery_note(note()))) as document:
        picture = document[0].render(scale=RESOLUTION / 72, grayscale=True)
        dots, across = bytes(picture.buffer), picture.stride
    matrix = qr_matrix(show("despatch", UUID(int=91)))
    millimetre = RESOLUTION / 25.4
    module = 28 * millimetre / (len(matrix) + 8)
    left, top = 210 * millimetre - (18 + 28) * millimetre, 16 * millimetre

    def dark(column: int, row: int) -> int:
        x, y = left + (column + 4.5) * module, top + (row + 4.5) * module
        return int(dots[int(y) * across + int(x)] < 128)

    size = range(len(matrix))
    assert [[dark(column, row) for column in size] for row in size] == [list(row) for row in matrix]
    assert not any(dark(column, row) for row in range(-4, 0) for column in range(-4, len(matrix) + 4)), "quiet zone"
