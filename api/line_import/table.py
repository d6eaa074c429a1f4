"""A sheet as cells, from CSV or XLSX. Nothing is calculated, everything is bounded."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any, NamedTuple

from domain.errors import FileRefused
from domain.files import archives
from domain.files.kinds import XLSX as KIND

CSV, XLSX = "text/csv", KIND.media_type
MAX_BYTES = 8 * 1024 * 1024
MAX_UNPACKED = 32 * 1024 * 1024
"""Bytes of a workbook: the library keeps all of its texts in memory."""
MAX_ROWS, MAX_COLUMNS, MAX_CELLS = 501, 64, 200_000
"""Rows that hold something, heading included; cells that are looked at, empty ones too."""

Value = str | Decimal | date | bool


class Cell(NamedTuple):
    """One cell that holds something: where, what, and what is wrong with it before anybody asks what it means."""

    row: int
    column: int
    value: Value
    fault: str | None = None

    @property
    def at(self) -> str:
        """Its address, such as C5."""
        return f"{letters(self.column)}{self.row}"


class Table(NamedTuple):
    """One sheet: its name and the rows that hold something, each by column from 1."""

    sheet: str
    rows: list[dict[int, Cell]]


def letters(column: int) -> str:
    """The letters of a column from 1: A, B … Z, AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def read_table(file: IO[bytes], media: str, sheet: str | None) -> Table:
    """The sheet called `sheet`, or the first visible one. Raises FileRefused when the file cannot be read as what it is."""
    if media == XLSX:
        return _workbook(file, sheet)
    if sheet is not None:
        raise FileRefused("A CSV has no sheets: leave `sheet` away.")
    return _csv(file.read())


def _csv(content: bytes) -> Table:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise FileRefused(f"The CSV is not UTF-8: see line {line}. Save it as “CSV UTF-8”.") from error
    if "\0" in text:
        raise FileRefused("The CSV holds NUL characters: it is not text, or it is UTF-16.")
    first = text.lstrip().partition("\n")[0]
    delimiter = max(";,\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)

    def rows() -> Iterator[Iterable[tuple[Any, str | None]]]:
        try:
            for row in reader:
                yield [(value, None) for value in row]
        except csv.Error as error:
            raise FileRefused(f"The CSV is broken at line {reader.line_num}: {error}.") from error

    return Table("CSV", _gathered(rows()))


def _workbook(file: IO[bytes], sheet: str | None) -> Table:
    wrong = archives.fault(file, KIND.needs)
    if wrong is not None:
        raise FileRefused(wrong)
    with zipfile.ZipFile(file) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED:
            raise FileRefused(f"The workbook unpacks to more than {MAX_UNPACKED} bytes. Send its table alone.")
    try:
        return _sheet(file, sheet)
    except FileRefused:
        raise
    except Exception as error:  # the library raises whatever its parts raise
        raise FileRefused("The workbook cannot be read. Open it in a spreadsheet program and save it anew.") from error


def _sheet(file: IO[bytes], wanted: str | None) -> Table:
    # 200 ms that no server should wait for at its start.
    import openpyxl  # noqa: PLC0415

    options = {"read_only": True, "keep_links": False}
    formulas, values = (openpyxl.load_workbook(file, data_only=calculated, **options) for calculated in (False, True))
    try:
        names = [sheet.title for sheet in formulas.worksheets if wanted or sheet.sheet_state == "visible"]
        if not names or (wanted is not None and wanted not in names):
            raise FileRefused(f"There is no such sheet to read. The workbook has: {', '.join(names)[:500] or 'none'}.")
        name = wanted or names[0]
        for book in (formulas, values):
            book[name].reset_dimensions()  # what the file says of its size may be wrong
        pairs = zip(formulas[name].iter_rows(), values[name].iter_rows(), strict=True)
        return Table(name, _gathered(_of_workbook(written, shown) for written, shown in pairs))
    finally:
        formulas.close()
        values.close()


def _of_workbook(written: Iterable[Any], shown: Iterable[Any]) -> list[tuple[Any, str | None]]:
    found: list[tuple[Any, str | None]] = []
    for formula, cell in zip(written, shown, strict=True):
        if formula.data_type == "f" and cell.value is None:
            found.append((str(formula.value), "A formula without a value: paste the value in its place."))
        elif cell.data_type == "e":
            found.append((str(cell.value), "The formula failed: paste the value in its place."))
        else:
            found.append((cell.value, None))
    return found


def _gathered(rows: Iterable[Iterable[tuple[Any, str | None]]]) -> list[dict[int, Cell]]:
    """The rows that hold something; what is too much is refused and never left out unsaid."""
    found: list[dict[int, Cell]] = []
    looked_at = 0
    for row, cells in enumerate(rows, 1):
        held: dict[int, Cell] = {}
        for column, (raw, fault) in enumerate(cells, 1):
            looked_at += 1
            value = _value(raw)
            if value is None:
                continue
            if column > MAX_COLUMNS:
                raise FileRefused(
                    f"{letters(column)}{row} lies beyond column {letters(MAX_COLUMNS)}, the last one read."
                )
            held[column] = Cell(row, column, value, fault)
        if looked_at > MAX_CELLS:
            raise FileRefused(f"The sheet has more than {MAX_CELLS} cells. Delete its empty rows and columns.")
        if held:
            found.append(held)
        if len(found) > MAX_ROWS:
            raise FileRefused(
                f"The sheet has more than {MAX_ROWS - 1} rows below its heading, the most an RFQ has lines."
            )
    return found


def _value(raw: Any) -> Value | None:
    """As we go on with it. A spreadsheet keeps 15 digits of a number: what is behind them is noise."""
    if raw is None or isinstance(raw, bool):
        return raw
    if isinstance(raw, int | float):
        return Decimal(format(raw, ".15g"))
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    return str(raw).strip() or None
