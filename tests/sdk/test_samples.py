"""The programs beside operations in the document run as they stand, whole files of them, against the running server."""

import shutil
from pathlib import Path

import pytest
from authorisation.calls import OPERATIONS
from contract_stage import snake
from sdk_scene import PYTHON, ROOT, Stage, python_environment, said

from api.contract.samples import LANGUAGES, samples

FOLDER = ROOT / "openapi/examples/samples"
SHOWN = ["create_quote", "create_rfq", "list_events", "list_rfqs", "publish_rfq", "submit_quote", "upload_file"]


def test_the_document_shows_what_is_in_the_files() -> None:
    found = samples(FOLDER)
    assert sorted(found) == SHOWN
    for name, shown in found.items():
        assert [sample["lang"] for sample in shown] == [language.lang for language in LANGUAGES], name
    beside = {
        snake(name): spec["x-codeSamples"] for name, (_, _, spec) in OPERATIONS.items() if "x-codeSamples" in spec
    }
    assert beside == found


def test_a_program_is_its_region_behind_what_every_one_needs(tmp_path: Path) -> None:
    text = "import os\n# [hub]\nhub = 1\n# [/hub]\nif hub:\n    # [get_x]\n    get(\n        hub)\n    # [/get_x]\n"
    (tmp_path / "a.py").write_text(text)
    [made] = samples(tmp_path)["get_x"]
    assert made == {"lang": "Python", "label": "Python", "source": "hub = 1\n\nget(\n    hub)\n"}


@pytest.fixture
def told(stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stage:
    drawing = tmp_path / "shaft.pdf"
    drawing.write_bytes(b"%PDF-1.7\nshaft\n")
    monkeypatch.setenv("DRAWING", str(drawing))
    return stage


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed: its samples were not run")
def test_curl(told: Stage, tmp_path: Path) -> None:
    assert said(told, "sh", FOLDER / "tour.sh", cwd=tmp_path)[-1] == "done"


@pytest.mark.slow
def test_python(told: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in python_environment().items():
        monkeypatch.setenv(name, value)
    assert said(told, PYTHON, FOLDER / "tour.py", cwd=tmp_path)[-1] == "done"
