"""The committed Python SDK belongs to the committed contract."""

import importlib
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from sdk_scene import SDK

CONTRACT = SDK.parent / "openapi.json"


@pytest.fixture
def freshness(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(SDK))
    yield importlib.import_module("freshness")
    for name in ("freshness", "derive"):
        sys.modules.pop(name)


def test_committed_sdk_is_fresh(freshness: Any) -> None:
    assert freshness.stale(CONTRACT) == [], "run `make sdks`"


def test_a_changed_contract_is_noticed(freshness: Any, tmp_path: Path) -> None:
    document = json.loads(CONTRACT.read_text())
    document["components"]["schemas"]["Rfq"]["properties"]["colour"] = {"type": "string", "maxLength": 9}
    changed = tmp_path / "openapi.json"
    changed.write_text(json.dumps(document))
    assert freshness.stale(changed) == ["input"]
