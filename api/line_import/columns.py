"""Which headings there are, in Indonesian and English with their synonyms: `columns.json`."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

Kind = Literal["text", "integer", "decimal", "date", "boolean", "texts", "codes"]


class Column(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One heading: which member of a line it fills, how its cells are read, and an example for the template."""

    member: str
    kind: Kind
    id: str
    en: str
    synonyms: tuple[str, ...]
    example: str | int | float | None
    required: bool = False

    @property
    def pointer(self) -> str:
        """The member's place within a line, as JSON Pointer."""
        return {"schedule.due_on": "/schedule"}.get(self.member, "/" + self.member.replace(".", "/"))


@cache
def columns() -> tuple[Column, ...]:
    """All of them, in the order of the template."""
    return msgspec.json.decode(Path(__file__).with_name("columns.json").read_bytes(), type=tuple[Column, ...])


@cache
def by_heading() -> Mapping[str, Column]:
    """The column that a heading, as `plain` makes it, stands for."""
    return {
        plain(name): column for column in columns() for name in (column.id, column.en, column.member, *column.synonyms)
    }


def plain(heading: str) -> str:
    """Letters and digits alone, in small letters: how headings are compared."""
    return " ".join(re.findall(r"[^\W_]+", heading.casefold()))
