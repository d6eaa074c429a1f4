"""The Go SDK: vetted, and its story with the present server and with that of tomorrow.

`make sdks` makes what is tested, with the Go of the generators' environment; without it these tests are skipped.
"""

import os
import subprocess
from pathlib import Path

import pytest
from sdk_scene import ROOT, SCENARIOS, SDK, STEPS, Stage, played, quick_start, said
from tomorrow_server import tomorrow

PACKAGE, GO = ROOT / "build/sdks/go", ROOT / "build/sdk-env/bin/go"
MODULE = "jembatan.example/jembatan/jembatan-go"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not (PACKAGE / "go.mod").exists() or not GO.exists(), reason="the Go SDK is not made: `make sdks`"
    ),
]


def built(folder: Path, source: str) -> Path:
    """A program, vetted and built against the package as another module has it."""
    (folder / "main.go").write_text(source)
    requires = f"require {MODULE} v0.1.0\nreplace {MODULE} => {PACKAGE}\n"
    (folder / "go.mod").write_text(f"module scenario\n\ngo 1.24\n\n{requires}")
    quiet = {"GOFLAGS": "-mod=mod", "GOPROXY": "off", "GOTOOLCHAIN": "local", "GOCACHE": str(ROOT / "build/go-cache")}
    for command in (["vet", "."], ["build", "-o", "scenario", "."]):
        done = subprocess.run(
            [str(GO), *command], cwd=folder, env=os.environ | quiet, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
    return folder / "scenario"


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scenario, built."""
    return built(tmp_path_factory.mktemp("go"), (SCENARIOS / "scenario.go").read_text())


def test_present(stage: Stage, program: Path) -> None:
    assert played(stage, program) == STEPS


def test_future(stage: Stage, program: Path) -> None:
    with tomorrow(stage.url) as (url, _):
        assert played(stage._replace(url=url, future=True), program) == STEPS


def test_quick_start(stage: Stage, tmp_path: Path) -> None:
    """The README's program is vetted and runs as it stands."""
    program = built(tmp_path, quick_start(SDK / "go/README.md", "go"))
    first, second = said(stage, program, cwd=tmp_path)
    assert first.startswith("rfq_")
    assert first.endswith(" Shafts")
    assert second.split() == ["incomplete", "/lines"]
