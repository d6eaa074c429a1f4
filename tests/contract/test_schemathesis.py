"""Schemathesis over the whole document: what it promises is what the application does.

`make schemathesis` runs it alone and prints the counts; `CASES=20000` asks for about so many.
"""

import copy
import os
import sys
from typing import Any

import msgspec
import pytest
from contract_engine import Application, Found, Share, first, run
from contract_stage import Stage, unfilled

from api.generated import openapi_document
from api.services import Services

DOCUMENT: dict[str, Any] = msgspec.json.decode(openapi_document())
LABELS = sorted(f"{method.upper()} {path}" for path, item in DOCUMENT["paths"].items() for method in item)
SHARES = 3
USUAL = 3000
"""Cases of a usual run, at least."""
STATEFUL = 150
SCALE = max(1.0, int(os.environ.get("CASES") or USUAL) / USUAL)


@pytest.fixture
def app(services: Services, app_dsn: str) -> Application:
    """The application as the restricted role."""
    return Application(services, app_dsn)


def judge(found: Found, least: int, capsys: pytest.CaptureFixture[str]) -> None:
    """Print what was done; nothing may have failed, and enough has to have been asked."""
    with capsys.disabled():
        sys.stdout.write("\n".join(["", found.told(), *first(found), *found.errors[:5], ""]))
    assert not found.failures
    assert not found.errors
    assert not [status for status in found.statuses if status >= 500]
    assert found.cases.total() >= least


def test_the_stage_has_something_for_every_path(stage: Stage) -> None:
    assert list(unfilled(stage, list(DOCUMENT["paths"]))) == []


@pytest.mark.slow
@pytest.mark.parametrize("number", range(SHARES))
def test_each_operation_keeps_its_promises(
    number: int, app: Application, stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = frozenset(LABELS[number::SHARES])
    share = Share(mine, every=max(1, round(7 / SCALE)))
    found = run(DOCUMENT, app, stage, share, "examples", "coverage", "fuzzing", examples=round(4 * SCALE))
    judge(found, (USUAL - STATEFUL) // SHARES, capsys)
    assert found.reached == mine


@pytest.mark.slow
def test_what_follows_from_each_other_keeps_its_promises(
    app: Application, stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    judge(run(DOCUMENT, app, stage, Share(), "stateful", scenarios=round(45 * SCALE)), STATEFUL, capsys)


@pytest.mark.slow
def test_a_document_that_lies_is_found_out(app: Application, stage: Stage) -> None:
    """Of one operation: a status, a member's type, a header and a bound that are not as they say."""
    lying = copy.deepcopy(DOCUMENT)
    path = "/v1/rfqs/{rfq_id}"
    lying["paths"] = {path: {"get": lying["paths"][path]["get"]}}
    del lying["paths"][path]["get"]["responses"]["404"]
    lying["components"]["schemas"]["Rfq"]["properties"]["title"] = {"type": "integer", "format": "int64"}
    lying["components"]["headers"]["ETag"]["schema"]["maxLength"] = 1
    found = run(lying, app, stage, Share(), "coverage", "fuzzing", examples=20)
    checks = {check for _, check, _ in found.failures}
    assert checks >= {"status_code_conformance", "response_schema_conformance", "response_headers_conformance"}
