"""Closed lists of codes with their Indonesian and English labels: processes, units, reasons, states.

Each list is one file in `data/`, read on first use and kept for the life of the process.
"""

from domain.vocabularies.facts import holiday, minor_units, process_closure, unit_is_whole
from domain.vocabularies.labels import Language, state_label, state_labels
from domain.vocabularies.loader import (
    Entry,
    UnknownCode,
    UnknownVocabulary,
    Vocabulary,
    entry,
    is_code,
    names,
    vocabulary,
)

__all__ = [
    "Entry",
    "Language",
    "UnknownCode",
    "UnknownVocabulary",
    "Vocabulary",
    "entry",
    "holiday",
    "is_code",
    "minor_units",
    "names",
    "process_closure",
    "state_label",
    "state_labels",
    "unit_is_whole",
    "vocabulary",
]
