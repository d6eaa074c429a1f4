"""Tables for people and JSON for machines."""

from __future__ import annotations

import datetime
import json
import shutil
import sys
import textwrap
import unicodedata
from collections.abc import Sequence
from typing import Any, Protocol

from .words import Words


class Shown(Protocol):
    """A model."""

    def to_dict(self) -> dict[str, Any]:
        """Its JSON."""


def cells(text: str) -> int:
    """How many cells of a terminal a text takes."""
    return sum(
        2 if unicodedata.east_asian_width(each) in "WF" else 0 if unicodedata.combining(each) else 1 for each in text
    )


def clean(value: Any) -> str:
    """One line without control characters: names come from others, and a terminal obeys what it is sent."""
    if value is None:
        return "-"
    if isinstance(value, datetime.datetime):
        return value.astimezone().strftime("%Y-%m-%d %H:%M")
    text = " ".join(str(value).split())
    return "".join(each for each in text if unicodedata.category(each)[0] != "C")


class Screen:
    """Where a command's answer goes. `as_json`: one JSON document (or one a line for lists that have no end)."""

    def __init__(self, words: Words, *, as_json: bool, width: int | None = None) -> None:
        self.words, self.as_json = words, as_json
        self.width = width or shutil.get_terminal_size((100, 24)).columns

    def say(self, text: str) -> None:
        """A line for people."""
        if not self.as_json:
            print(text, flush=True)

    def document(self, thing: Shown | Sequence[Shown], *, compact: bool = False) -> None:
        """JSON, where it was asked for."""
        if self.as_json:
            plain = [each.to_dict() for each in thing] if isinstance(thing, Sequence) else thing.to_dict()
            json.dump(plain, sys.stdout, ensure_ascii=False, indent=None if compact else 2, default=str)
            sys.stdout.write("\n")
            sys.stdout.flush()

    def fields(self, *pairs: tuple[str, Any]) -> None:
        """One thing: a name and a value a line."""
        if self.as_json:
            return
        wide = max(cells(self.words(name)) for name, _ in pairs)
        for name, value in pairs:
            self._pair(self.words(name), clean(value), wide)

    def _pair(self, name: str, value: str, wide: int) -> None:
        if wide + 2 + cells(value) <= self.width:
            print(name + " " * (wide - cells(name)), value, sep="  ")
            return
        print(name)
        for line in textwrap.wrap(value, self.width - 2, break_long_words=False, break_on_hyphens=False):
            print(f"  {line}")

    def table(self, names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Many things. What is too wide for the screen is written as one block each, so that nothing is cut off."""
        if self.as_json:
            return
        if not rows:
            print(self.words("Nothing."))
            return
        told = [self.words(name) for name in names]
        plain = [[clean(value) for value in row] for row in rows]
        widths = [max(cells(row[place]) for row in [told, *plain]) for place in range(len(names))]
        if sum(widths) + 2 * (len(widths) - 1) > self.width:
            self._blocks(told, plain)
            return
        for row in [told, *plain]:
            print(
                "  ".join(text + " " * (width - cells(text)) for text, width in zip(row, widths, strict=True)).rstrip()
            )

    def _blocks(self, told: list[str], rows: list[list[str]]) -> None:
        wide = max(cells(name) for name in told)
        for number, row in enumerate(rows):
            if number:
                print()
            for name, value in zip(told, row, strict=True):
                self._pair(name, value, wide)
