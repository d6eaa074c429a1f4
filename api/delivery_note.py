"""The surat jalan: one despatch as a sheet of paper, in Indonesian with English beneath. Same despatch, same bytes.

Texts are set in Helvetica, which every reader has: letters outside of Windows-1252 are printed as question marks.
"""

import io
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal

import segno
from reportlab.lib.pagesizes import A4  # type: ignore[import-untyped]
from reportlab.lib.units import mm  # type: ignore[import-untyped]
from reportlab.pdfbase.pdfmetrics import stringWidth  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

from domain.calendar import ZONES
from domain.deliveries.model import Note
from domain.ids import show
from domain.organisations.model import Organisation
from domain.vocabularies import entry

WIDTH, HEIGHT = A4
LEFT, RIGHT, TOP, BOTTOM = 18 * mm, WIDTH - 18 * mm, HEIGHT - 16 * mm, 20 * mm
QR_SIZE = 28 * mm
QUIET = 4
"""Light modules around the code, as ISO/IEC 18004 asks for."""
PLAIN, BOLD, SLANTED = "Helvetica", "Helvetica-Bold", "Helvetica-Oblique"
SIZE, SMALL, LEADING = 9, 6.5, 11
GREY = 0.4
SIGNATURES = 34 * mm
COLUMNS = (
    ("Baris", "Line", 12 * mm),
    ("Barang", "Item", 50 * mm),
    ("Lot", "Lot", 34 * mm),
    ("No. leburan", "Heat number", 32 * mm),
    ("Jumlah", "Quantity", 30 * mm),
    ("Satuan", "Unit", 16 * mm),
)
QUANTITY_COLUMN = 4

Draw = Callable[[Canvas], None]


def delivery_note(note: Note) -> bytes:
    """The sheet as PDF; long lists and notes flow on to further pages."""
    pages = _Pages(note).laid_out()
    out = io.BytesIO()
    # invariant: no clock and no random identifier in the file.
    canvas = Canvas(out, pagesize=A4, invariant=True)
    canvas.setTitle(printable(f"Surat jalan {note.despatch.number}"))
    canvas.setAuthor(printable(note.supplier.name))
    canvas.setSubject(show("despatch", note.despatch.id))
    canvas.setCreator("Jembatan")
    for number, page in enumerate(pages, 1):
        for draw in page:
            draw(canvas)
        _footer(canvas, note, number, len(pages))
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def printable(text: str) -> str:
    """`text` on one line, in the letters that the typeface has."""
    composed = unicodedata.normalize("NFC", text)
    shown = "".join(" " if unicodedata.category(letter)[0] in "CZ" else letter for letter in composed)
    return shown.encode("cp1252", "replace").decode("cp1252")


def lines_of(text: str, width: float, font: str = PLAIN, size: float = SIZE) -> list[str]:
    """`text` broken at spaces, and within a word that is wider than `width`; at least one line."""
    lines = [""]
    for word in printable(text).split():
        fitting = f"{lines[-1]} {word}".lstrip()
        if stringWidth(fitting, font, size) <= width:
            lines[-1] = fitting
            continue
        if lines[-1]:
            lines.append("")
        for letter in word:
            if stringWidth(lines[-1] + letter, font, size) > width:
                lines.append("")
            lines[-1] += letter
    return lines


def in_wib(instant: datetime) -> str:
    """Day and time in western Indonesia, as they are written there."""
    return instant.astimezone(ZONES["WIB"]).strftime("%d-%m-%Y %H.%M WIB")


def quantity_text(value: Decimal) -> str:
    """With a comma before decimals and points between thousands."""
    return format(value, ",f").translate(str.maketrans(",.", ".,"))


class _Pages:
    """Lays a note out from the top; a page is a list of things to draw."""

    def __init__(self, note: Note) -> None:
        self.note = note
        self.pages: list[list[Draw]] = [[]]
        self.y = TOP

    def laid_out(self) -> list[list[Draw]]:
        """All pages."""
        self._head()
        self._parties()
        self._transport()
        self._table_head()
        for row in self._rows():
            self._row(row)
        self._remark()
        self._signatures()
        return self.pages

    def _put(self, draw: Draw) -> None:
        self.pages[-1].append(draw)

    def _text(self, x: float, y: float, text: str, *, font: str = PLAIN, size: float = SIZE, grey: float = 0) -> None:
        def draw(canvas: Canvas) -> None:
            canvas.setFillGray(grey)
            canvas.setFont(font, size)
            canvas.drawString(x, y, text)

        self._put(draw)

    def _line(self, y: float, weight: float = 0.5) -> None:
        def draw(canvas: Canvas) -> None:
            canvas.setLineWidth(weight)
            canvas.line(LEFT, y, RIGHT, y)

        self._put(draw)

    def _turn(self) -> None:
        self.pages.append([])
        self.y = TOP

    def _labelled(self, x: float, y: float, label: str, english: str, values: Sequence[str]) -> float:
        """A label with its values beneath; where the next thing may begin."""
        self._text(x, y, label, font=BOLD, size=7.5)
        self._text(x + stringWidth(label, BOLD, 7.5) + 3, y, english, font=SLANTED, size=SMALL, grey=GREY)
        for place, value in enumerate(values, 1):
            self._text(x, y - place * LEADING, value)
        return y - (len(values) + 1) * LEADING - 3

    def _head(self) -> None:
        note, despatch = self.note, self.note.despatch
        self._text(LEFT, self.y - 14, "SURAT JALAN", font=BOLD, size=18)
        self._text(LEFT, self.y - 23, "Delivery note", font=SLANTED, size=SIZE, grey=GREY)
        if despatch.state == "cancelled":
            self._text(LEFT + 52 * mm, self.y - 14, "BATAL / CANCELLED", font=BOLD, size=13)
        if not despatch.announced:
            self._text(LEFT + 52 * mm, self.y - 14, "TANPA PEMBERITAHUAN / UNANNOUNCED", font=BOLD, size=10)
        if despatch.kind == "sample":
            self._text(LEFT + 52 * mm, self.y - 26, "CONTOH / SAMPLES", font=BOLD, size=10)
        wide = RIGHT - QR_SIZE - LEFT - 6 * mm
        half = wide / 2
        y = self.y - 40
        left = self._labelled(LEFT, y, "Nomor", "Number", lines_of(despatch.number, half - 6))
        right = self._labelled(LEFT + half, y, "Dikirim", "Despatched", [in_wib(despatch.despatched_at)])
        y = min(left, right)
        order = lines_of(note.order.number, half - 6)
        left = self._labelled(LEFT, y, "Pesanan pembelian", "Purchase order", order)
        revision = [str(note.order.revision)]
        right = self._labelled(LEFT + half, y, "Revisi pesanan", "Order revision", revision)
        self._qr(RIGHT - QR_SIZE, self.y - QR_SIZE, show("despatch", despatch.id))
        self.y = min(left, right, self.y - QR_SIZE - 4)
        self._line(self.y, 1)
        self.y -= 12

    def _qr(self, x: float, y: float, text: str) -> None:
        matrix = qr_matrix(text)
        module = QR_SIZE / (len(matrix) + 2 * QUIET)

        def draw(canvas: Canvas) -> None:
            canvas.setFillGray(0)
            path = canvas.beginPath()
            for row, modules in enumerate(matrix):
                for column, dark in enumerate(modules):
                    if dark:
                        down = len(matrix) - row - 1 + QUIET
                        path.rect(x + (column + QUIET) * module, y + down * module, module, module)
            canvas.drawPath(path, stroke=0, fill=1)

        self._put(draw)

    def _parties(self) -> None:
        half = (RIGHT - LEFT) / 2
        supplier = _address(self.note.supplier, half - 10)
        buyer = _address(self.note.buyer, half - 10)
        place = self.note.order.terms.delivery_place
        if place is not None:
            buyer += lines_of(f"Kirim ke: {place}", half - 10)
        left = self._labelled(LEFT, self.y, "Pengirim", "Supplier", supplier)
        right = self._labelled(LEFT + half, self.y, "Penerima", "Buyer", buyer)
        self.y = min(left, right)
        self._line(self.y + 6)
        self.y -= 6

    def _transport(self) -> None:
        detail = self.note.despatch.detail
        quarter = (RIGHT - LEFT) / 4
        told = (
            ("Angkutan", "Carrier", detail.carrier),
            ("Kendaraan", "Vehicle", detail.vehicle),
            ("Koli", "Packages", None if detail.packages is None else quantity_text(Decimal(detail.packages))),
            ("Perkiraan tiba", "ETA", None if detail.eta is None else in_wib(detail.eta)),
        )
        ends = [
            self._labelled(LEFT + place * quarter, self.y, label, english, lines_of(value or "-", quarter - 6))
            for place, (label, english, value) in enumerate(told)
        ]
        self.y = min(ends) - 4

    def _table_head(self) -> None:
        x = LEFT
        for label, english, width in COLUMNS:
            self._text(x, self.y, label, font=BOLD, size=8)
            self._text(x, self.y - 8, english, font=SLANTED, size=SMALL, grey=GREY)
            x += width
        self._line(self.y - 12, 1)
        self.y -= 24

    def _rows(self) -> Iterator[list[list[str]]]:
        for sent in self.note.despatch.lines:
            line = self.note.order.line(sent.line_no)
            item, unit = "", ""
            if line is not None:
                revision = "" if line.detail.drawing_revision is None else f" rev. {line.detail.drawing_revision}"
                item = f"{line.detail.part_number}{revision} {line.detail.name_id}"
                unit = entry("units", line.unit).id
            cells = (str(sent.line_no), item, sent.lot, sent.heat_number or "-", quantity_text(sent.quantity), unit)
            yield [lines_of(cell, width - 5) for cell, (_, _, width) in zip(cells, COLUMNS, strict=True)]

    def _row(self, cells: list[list[str]]) -> None:
        height = max(len(cell) for cell in cells) * LEADING
        if self.y - height < BOTTOM:
            self._turn()
            self._table_head()
        x = LEFT
        for place, (cell, (_, _, width)) in enumerate(zip(cells, COLUMNS, strict=True)):
            for down, text in enumerate(cell):
                inset = width - 8 - stringWidth(text, PLAIN, SIZE) if place == QUANTITY_COLUMN else 0
                self._text(x + inset, self.y - down * LEADING, text)
            x += width
        self.y -= height
        self._line(self.y + LEADING - 4, 0.25)
        self.y -= 3

    def _remark(self) -> None:
        note = self.note.despatch.detail.note
        if note is None:
            return
        if self.y - 3 * LEADING < BOTTOM:
            self._turn()
        self.y = self._labelled(LEFT, self.y - 8, "Catatan", "Note", []) + 3
        for text in lines_of(note, RIGHT - LEFT):
            if self.y < BOTTOM:
                self._turn()
            self._text(LEFT, self.y, text)
            self.y -= LEADING

    def _signatures(self) -> None:
        if self.y - SIGNATURES - 10 < BOTTOM:
            self._turn()
        gap = 6 * mm
        width = (RIGHT - LEFT - 2 * gap) / 3
        top = self.y - 6
        told = (("Pengirim", "Supplier"), ("Pengemudi", "Driver"), ("Penerima", "Received by"))
        for place, (label, english) in enumerate(told):
            x = LEFT + place * (width + gap)
            self._text(x + 4, top - 11, label, font=BOLD, size=8)
            self._text(x + 4, top - 19, english, font=SLANTED, size=SMALL, grey=GREY)
            self._text(x + 4, top - SIGNATURES + 14, "Nama / Name:", size=SMALL, grey=GREY)
            self._text(x + 4, top - SIGNATURES + 5, "Tanggal / Date:", size=SMALL, grey=GREY)
            self._put(_box(x, top - SIGNATURES, width, SIGNATURES))
        self.y = top - SIGNATURES


def qr_matrix(text: str) -> Sequence[Sequence[int]]:
    """The modules of the QR code of `text`, dark ones 1, without the quiet zone; a sixth of it may be soiled (level M)."""
    return segno.make_qr(text, error="m", boost_error=False).matrix


def _box(x: float, y: float, width: float, height: float) -> Draw:
    def draw(canvas: Canvas) -> None:
        canvas.setLineWidth(0.5)
        canvas.rect(x, y, width, height)

    return draw


def _address(organisation: Organisation, width: float) -> list[str]:
    profile = organisation.profile
    lines = lines_of(organisation.name, width)
    if profile.address is not None:
        lines += lines_of(profile.address, width)
    if profile.postal_code is not None:
        lines += lines_of(profile.postal_code, width)
    return lines


def _footer(canvas: Canvas, note: Note, number: int, pages: int) -> None:
    canvas.setLineWidth(0.25)
    canvas.line(LEFT, BOTTOM - 8, RIGHT, BOTTOM - 8)
    canvas.setFillGray(GREY)
    canvas.setFont(PLAIN, SMALL)
    canvas.drawString(LEFT, BOTTOM - 17, f"{show('despatch', note.despatch.id)}  {printable(note.despatch.number)}")
    canvas.drawRightString(RIGHT, BOTTOM - 17, f"Halaman {number} dari {pages} / Page {number} of {pages}")
