"""A plugin of pytest for `run.py`: writes how each test ended, and by which error, as JSON lines to MUTANT_VERDICTS."""

import os
from collections.abc import Generator
from pathlib import Path
from typing import Any

import msgspec
import pytest


class Verdict(msgspec.Struct, frozen=True):
    """How one phase of a test ended."""

    test: str
    phase: str
    outcome: str
    error: str | None
    """The class of the exception."""
    asserted: bool
    """Whether an assertion failed: not an import, not a fixture, not an error of the test's own."""
    says: str


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: "pytest.CallInfo[Any]") -> Generator[None, Any, Any]:
    """Note how it ended."""
    report: Any = yield
    error = call.excinfo
    verdict = Verdict(
        test=item.nodeid,
        phase=report.when,
        outcome=report.outcome,
        error=None if error is None else error.typename,
        asserted=report.when == "call" and error is not None and _is_assertion(error.value),
        says="" if error is None else str(error.value).strip().partition("\n")[0][:160],
    )
    with Path(os.environ["MUTANT_VERDICTS"]).open("ab") as out:
        out.write(msgspec.json.encode(verdict) + b"\n")
    return report


def _is_assertion(error: BaseException) -> bool:
    """`pytest.raises` that raised nothing counts, and so does what was waited for and did not come.

    Of a group of tasks each has to have failed so.
    """
    if isinstance(error, BaseExceptionGroup):
        return all(_is_assertion(inner) for inner in error.exceptions)
    return isinstance(error, AssertionError | TimeoutError | pytest.fail.Exception)
