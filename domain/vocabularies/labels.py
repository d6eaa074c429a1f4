"""What a state of an aggregate is called in Indonesian and in English."""

from collections.abc import Mapping
from functools import cache
from typing import Literal

import msgspec

from domain.vocabularies.loader import DATA, LABELS, UnknownCode

Language = Literal["id", "en"]


class _Label(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    id: str
    en: str


def state_label(machine: str, state: str, language: Language) -> str:
    """The label of `state` of the machine (`rfq`, `quote`, `schedule_line` …) in `language`.

    Raises:
        UnknownCode: no such machine, or the machine has no such state.
    """
    try:
        label = _labels()[machine][state]
    except KeyError:
        raise UnknownCode(f"labels.{machine}", state) from None
    return label.id if language == "id" else label.en


def state_labels() -> Mapping[str, frozenset[str]]:
    """Machine → the states that have a label, so that a test can compare them with the lifecycle."""
    return {machine: frozenset(states) for machine, states in _labels().items()}


@cache
def _labels() -> Mapping[str, Mapping[str, _Label]]:
    return msgspec.json.decode((DATA / f"{LABELS}.json").read_bytes(), type=dict[str, dict[str, _Label]])
