"""Every mutant still applies to the program as it is, and names tests that exist."""

import re

import pytest
from mutants.patches import ROOT, Mutant, apply, mutants

MUTANTS = mutants()


def test_there_are_enough() -> None:
    assert len(MUTANTS) >= 12


@pytest.mark.parametrize("mutant", MUTANTS, ids=[mutant.name for mutant in MUTANTS])
def test_it_applies_and_its_tests_exist(mutant: Mutant) -> None:
    """A patch that no longer applies proves nothing any more: make it anew for the code as it is now."""
    assert apply(mutant, ROOT, check=True) is None
    assert mutant.files
    for killer in mutant.killers:
        path, _, name = killer.partition("::")
        assert re.search(rf"def {re.escape(name.partition('[')[0])}\(", (ROOT / path).read_text()), killer
