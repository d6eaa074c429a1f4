"""The TypeScript SDK: strict types, and its story with the present server and with that of tomorrow.

`make sdks` makes what is tested; without it, or without node, these tests are skipped.
"""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from sdk_scene import ROOT, SCENARIOS, SDK, STEPS, Stage, played, quick_start, said
from tomorrow_server import tomorrow

PACKAGE, TOOLS = ROOT / "build/sdks/typescript", ROOT / "build/sdk-node/node_modules"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not (PACKAGE / "dist/index.js").exists() or shutil.which("node") is None,
        reason="the TypeScript SDK is not made: `make sdks` needs node",
    ),
]


def compiled(folder: Path, source: Path) -> Path:
    """A program, compiled against the package as an installation has it."""
    modules = folder / "node_modules"
    modules.mkdir()
    (modules / "jembatan-client").symlink_to(PACKAGE)
    (folder / "package.json").write_text(json.dumps({"type": "module"}))
    shutil.copy(source, folder)
    flags = ["--strict", "--target", "ES2022", "--module", "NodeNext", "--types", "node"]
    command = ["node", TOOLS / "typescript/bin/tsc", *flags, "--typeRoots", TOOLS / "@types", source.name]
    done = subprocess.run([str(each) for each in command], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    return folder / f"{source.stem}.js"


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scenario, compiled."""
    return compiled(tmp_path_factory.mktemp("typescript"), SCENARIOS / "scenario.ts")


def test_present(stage: Stage, program: Path) -> None:
    assert played(stage, "node", program) == STEPS


def test_future(stage: Stage, program: Path) -> None:
    with tomorrow(stage.url) as (url, _):
        assert played(stage._replace(url=url, future=True), "node", program) == STEPS


def test_quick_start(stage: Stage, tmp_path: Path) -> None:
    """The README's program compiles under --strict and runs as it stands."""
    source = tmp_path / "source" / "start.ts"
    source.parent.mkdir()
    source.write_text(quick_start(SDK / "typescript/README.md", "ts"))
    first, *rest = said(stage, "node", compiled(tmp_path, source), cwd=tmp_path)
    assert first.startswith("rfq_")
    assert first.endswith(" Shafts")
    assert "incomplete" in rest[0]
    assert "/lines" in "".join(rest)


def test_samples(stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the document shows beside operations; see test_samples.py for the other languages."""
    drawing = tmp_path / "shaft.pdf"
    drawing.write_bytes(b"%PDF-1.7\nshaft\n")
    monkeypatch.setenv("DRAWING", str(drawing))
    program = compiled(tmp_path, ROOT / "openapi/examples/samples/tour.ts")
    assert said(stage, "node", program, cwd=tmp_path)[-1] == "done"
