"""From cells to lines, and from what is wrong with a line back to the cell that it stands in.

A line is made in the shape of a JSON body and checked by the very type that bodies are checked by, so that a spreadsheet
admits nothing that `createRfq` would not.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Literal, NamedTuple

import msgspec

from api.line_import.columns import Column, Kind, by_heading, columns, plain
from api.line_import.table import Cell, Table, Value, letters
from api.routes.rfqs_in import RfqLineIn
from api.strict.explain import body_faults
from domain.errors import Fault, FileRefused
from domain.rfqs.model import LineDraft

SHORT = 60
DecimalSign = Literal["auto", "comma", "point"]
_YES, _NO = {"true", "yes", "ya", "y", "x", "1", "benar"}, {"false", "no", "tidak", "n", "0", "salah"}
_STAND_INS: dict[str, Any] = {"quantity": "1", "unit": "H87", "part_number": "-", "line_no": 1, "name": {"id": "-"}}
"""In place of what cannot be read, so that the rest of the line is checked all the same."""


class CellFault(NamedTuple):
    """What is wrong with one cell, and what to do. `value` is shortened; None where the cell is empty."""

    row: int
    column: int
    heading: str
    value: str | None
    detail: str

    @property
    def cell(self) -> str:
        """Its address, such as C5."""
        return f"{letters(self.column)}{self.row}"


class Row(NamedTuple):
    """A line and where it came from."""

    number: int
    cells: dict[str, Cell]
    """By member."""
    draft: LineDraft


class Lines(NamedTuple):
    """What a table holds. Where there are faults the drafts are good for further checks only."""

    rows: list[Row]
    headings: dict[str, tuple[int, str]]
    """Column and heading by member."""
    numbered: bool
    """Whether the table numbers its lines itself."""
    faults: list[CellFault]

    def faults_of(self, found: Iterable[Fault]) -> Iterator[CellFault]:
        """Faults that the rules found, at the cells they came from, but for cells known to be faulty."""
        known = {(fault.row, fault.column) for fault in self.faults}
        for fault in found:
            _, _, index, *rest = fault.pointer.split("/")
            row = self.rows[int(index)]
            made = self.fault(row.number, row.cells, "/" + "/".join(rest), fault.detail)
            # A quantity is refused for its unit: the cell to correct is the unit's.
            if rest[:1] == ["quantity"] and "unit code" in fault.detail:
                made = self.fault(row.number, row.cells, "/unit", fault.detail)
            if (made.row, made.column) not in known:
                known.add((made.row, made.column))
                yield made

    def fault(self, row: int, cells: dict[str, Cell], pointer: str, detail: str) -> CellFault:
        """The fault at `pointer` within a line, at the cell of that member."""
        column = next(
            (item for item in columns() if pointer == item.pointer or pointer.startswith(item.pointer + "/")), None
        )
        member = column.member if column else "part_number"
        place, heading = self.headings.get(member, (1, column.en if column else ""))
        cell = cells.get(member)
        return CellFault(row, place, heading, None if cell is None else shown(cell.value), detail)


def read_lines(table: Table, sign: DecimalSign) -> Lines:
    """The lines of a table, with every fault that can be seen without the RFQ. Raises FileRefused when it is empty."""
    if not table.rows:
        raise FileRefused(f"The sheet {table.sheet!r} is empty.")
    known, faults = _headings(table.rows)
    by_member = {column.member: (place, heading) for place, (column, heading) in known.items()}
    lines = Lines([], by_member, "line_no" in by_member, faults)
    for cells in table.rows[1:]:
        _read_row(cells, known, lines, sign)
    if not lines.rows and not faults:
        raise FileRefused(f"The sheet {table.sheet!r} has a heading and nothing below.")
    return lines


def _headings(rows: list[dict[int, Cell]]) -> tuple[dict[int, tuple[Column, str]], list[CellFault]]:
    known: dict[int, tuple[Column, str]] = {}
    faults = []
    cells = rows[0]
    row = next(iter(cells.values())).row
    for place, cell in cells.items():
        heading = shown(cell.value)
        column = by_heading().get(plain(str(cell.value)))
        if column is None:
            faults.append(CellFault(row, place, heading, heading, "No such column. Rename it or delete it."))
        elif any(column is other for other, _ in known.values()):
            faults.append(CellFault(row, place, heading, heading, f"A second column for {column.en!r}. Delete one."))
        else:
            known[place] = (column, heading)
    there = {column.member for column, _ in known.values()}
    free = max(max(held) for held in rows) + 1
    for column in columns():
        if column.required and column.member not in there:
            faults.append(
                CellFault(row, free, column.en, None, f"A column is missing: add {column.en!r} or {column.id!r}.")
            )
            free += 1
    return known, faults


def _read_row(cells: dict[int, Cell], known: dict[int, tuple[Column, str]], lines: Lines, sign: DecimalSign) -> None:
    number = next(iter(cells.values())).row
    held: dict[str, Cell] = {}
    body: dict[str, Any] = {"line_no": 1}
    for place, cell in cells.items():
        if place not in known:
            if not any(fault.column == place for fault in lines.faults):
                lines.faults.append(CellFault(number, place, "", shown(cell.value), "The column has no heading."))
            continue
        column, heading = known[place]
        held[column.member] = cell
        value, wrong = (None, cell.fault) if cell.fault else _parsed(cell.value, column.kind, sign)
        if wrong is not None:
            lines.faults.append(CellFault(number, place, heading, shown(cell.value), wrong))
            value = None
        _put(body, column.member, value)
    for place, (column, heading) in known.items():
        needed = column.required or column.member == "line_no"
        if needed and column.member not in held:
            lines.faults.append(CellFault(number, place, heading, None, "The cell is empty. Fill it in."))
    lines.rows.append(Row(number, held, _line(body, number, held, lines)))


def _put(body: dict[str, Any], member: str, value: Any) -> None:
    if value is None:
        return
    first, _, second = member.partition(".")
    if first == "schedule":
        body[first] = [{second: value, "quantity": ""}]
    elif second:
        body.setdefault(first, {})[second] = value
    else:
        body[first] = value


def _line(body: dict[str, Any], number: int, held: dict[str, Cell], lines: Lines) -> LineDraft:
    """The line, checked as a body is. What is wrong is told, then left away or stood in for."""
    while True:
        for name, stand_in in _STAND_INS.items():
            body.setdefault(name, stand_in)
        body["name"] = {"id": "-", **body["name"]}
        for part in body.get("schedule", []):
            part["quantity"] = body["quantity"]
        try:
            return msgspec.convert(body, RfqLineIn, strict=True).draft()
        except msgspec.ValidationError as error:
            before = msgspec.json.encode(body)
            for fault in body_faults(error, body, RfqLineIn):
                first, _, rest = fault.pointer[1:].partition("/")
                if first != "schedule" or rest != "0/quantity":  # told at the quantity itself
                    made = lines.fault(number, held, fault.pointer, fault.detail)
                    if all(made[:2] != other[:2] for other in lines.faults):
                        lines.faults.append(made)
                if first == "name" and rest == "en":
                    body["name"].pop("en")
                else:
                    body.pop(first, None)
            if msgspec.json.encode(body) == before:
                raise  # a line that cannot be mended is our fault, not the sheet's


def _parsed(value: Value, kind: Kind, sign: DecimalSign) -> tuple[Any, str | None]:  # noqa: PLR0911  one for each kind
    """(what goes into the body, None) or (None, what to do)."""
    if kind in {"texts", "codes"}:
        parts = re.split(r"[;|,\n]" if kind == "codes" else r"[;|\n]", _text(value))
        return [part.strip() for part in parts if part.strip()], None
    if kind == "text":
        return (None, "Write text, not true or false.") if isinstance(value, bool) else (_text(value), None)
    if kind == "boolean":
        return _boolean(value)
    if kind == "date":
        return _date(value)
    number = value if isinstance(value, Decimal) else _number(_text(value), sign)
    if isinstance(number, str) or isinstance(value, bool):
        return None, number if isinstance(number, str) else "Write a number."
    if kind == "integer":
        whole = number == number.to_integral_value()
        return (int(number), None) if whole and abs(number) < 10**9 else (None, "Write a whole number.")
    return format(number, "f"), None


def _boolean(value: Value) -> tuple[Any, str | None]:
    if isinstance(value, bool):
        return value, None
    text = _text(value).casefold()
    return (text in _YES, None) if text in _YES | _NO else (None, "Write yes or no (ya, tidak).")


def _date(value: Value) -> tuple[Any, str | None]:
    if isinstance(value, date):
        return value.isoformat(), None
    try:
        return date.fromisoformat(_text(value)).isoformat(), None
    except ValueError:
        return None, "Write the day as year-month-day, such as 2027-03-01: other orders can be read in two ways."


_GROUPED = {",": r"[1-9]\d{0,2}(,\d{3})+", ".": r"[1-9]\d{0,2}(\.\d{3})+"}


def _number(text: str, sign: DecimalSign) -> Decimal | str:
    """The number that a text means in one way only, or what to do."""
    bare = text.replace("\u00a0", "").replace(" ", "")
    negative, digits = bare.startswith("-"), bare.removeprefix("-")
    point = {"comma": ",", "point": "."}.get(sign)
    readings = set()
    for mark in (point,) if point else (",", "."):
        other = "." if mark == "," else ","
        whole, found, fraction = digits.partition(str(mark))
        if found and not re.fullmatch(r"\d+", fraction):
            continue
        if re.fullmatch(r"\d+", whole) or re.fullmatch(_GROUPED[other], whole):
            readings.add(Decimal(f"{whole.replace(other, '')}{'.' if found else ''}{fraction}"))
    if not readings or len(digits) > 40:  # noqa: PLR2004
        return "Write a number, such as 1250 or 1250,5."
    if len(readings) > 1:
        few, many = sorted(readings)
        return (
            f"It means {few} or {many}. Write it without thousands, or say which sign is the decimal one (`decimal`)."
        )
    number = readings.pop()
    return -number if negative else number


def _text(value: Value) -> str:
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else str(value)


def shown(value: Value) -> str:
    """A value for people, shortened."""
    text = _text(value)
    return text if len(text) <= SHORT else text[: SHORT - 1] + "…"


def drafts(lines: Sequence[Row]) -> list[LineDraft]:
    """Their drafts."""
    return [row.draft for row in lines]
