"""Read a vocabulary file once, check its shape, and answer for its codes."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import msgspec

DATA = Path(__file__).parent / "data"
LABELS = "labels"
_NO_VOCABULARY = frozenset({LABELS, "problem_titles"})
"""Files in `data/` that are keyed by something other than a code and have their own readers."""
_LABELLED = ("code", "id", "en")


class UnknownVocabulary(LookupError):
    """No vocabulary has this name; `name` is what was asked for."""

    def __init__(self, name: str) -> None:
        super().__init__(f"there is no vocabulary {name!r}")
        self.name = name


class UnknownCode(LookupError):
    """The vocabulary `name` has no entry `code`."""

    def __init__(self, name: str, code: str) -> None:
        super().__init__(f"{code!r} is not in the vocabulary {name!r}")
        self.name = name
        self.code = code


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One code with its labels; what only some vocabularies tell (`whole`, `implies` …) is in `attributes`.

    `attributes` holds JSON values and is shared by every caller: read it, never change it.
    """

    code: str
    id: str
    en: str
    attributes: Mapping[str, object]


class Vocabulary(msgspec.Struct, frozen=True, kw_only=True):
    """A closed list, in the order in which people expect to read it; codes are unique."""

    name: str
    id: str
    en: str
    source: str
    entries: tuple[Entry, ...]


class _File(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: str
    id: str
    en: str
    source: str
    entries: list[dict[str, object]]


@cache
def names() -> tuple[str, ...]:
    """Names of all vocabularies, sorted."""
    return tuple(sorted(path.stem for path in DATA.glob("*.json") if path.stem not in _NO_VOCABULARY))


@cache
def vocabulary(name: str) -> Vocabulary:
    """The vocabulary called `name`.

    Raises:
        UnknownVocabulary: there is none of that name.
    """
    # Only a listed name becomes a path: the name may come from a URL.
    if name not in names():
        raise UnknownVocabulary(name)
    read = msgspec.json.decode((DATA / f"{name}.json").read_bytes(), type=_File)
    return Vocabulary(
        name=read.name,
        id=read.id,
        en=read.en,
        source=read.source,
        entries=tuple(_entry(item) for item in read.entries),
    )


def entry(name: str, code: str) -> Entry:
    """The entry `code` of the vocabulary `name`.

    Raises:
        UnknownVocabulary: there is none of that name.
        UnknownCode: the vocabulary lacks the code.
    """
    try:
        return _by_code(name)[code]
    except KeyError:
        raise UnknownCode(name, code) from None


def is_code(name: str, code: str) -> bool:
    """Whether the vocabulary `name` has `code`.

    Raises:
        UnknownVocabulary: there is none of that name.
    """
    return code in _by_code(name)


@cache
def _by_code(name: str) -> Mapping[str, Entry]:
    return {item.code: item for item in vocabulary(name).entries}


def _entry(item: dict[str, object]) -> Entry:
    rest = {key: value for key, value in item.items() if key not in _LABELLED}
    return msgspec.convert({"attributes": rest, **{key: item.get(key) for key in _LABELLED}}, type=Entry)
