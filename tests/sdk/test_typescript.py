"""The TypeScript SDK: strict types, and its story with the present server and with that of tomorrow.

`make sdks` makes what is tested; without it, or without node, these tests are skipped.
"""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from sdk_scene import ROOT, SCENARIOS, STEPS, Stage, played
from tomorrow_server import tomorrow

PACKAGE, TOOLS = ROOT / "build/sdks/typescript", ROOT / "build/sdk-node/node_modules"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not (PACKAGE / "dist/index.js").exists() or shutil.which("node") is None,
        reason="the TypeScript SDK is not made: `make sdks` needs node",
    ),
]


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scenario, compiled against the package as an installation has it."""
    folder = tmp_path_factory.mktemp("typescript")
    modules = folder / "node_modules"
    modules.mkdir()
    (modules / "jembatan-client").symlink_to(PACKAGE)
    (folder / "package.json").write_text(json.dumps({"type": "module"}))
    shutil.copy(SCENARIOS / "scenario.ts", folder)
    flags = ["--strict", "--target", "ES2022", "--module", "NodeNext", "--types", "node"]
    command = ["node", TOOLS / "typescript/bin/tsc", *flags, "--typeRoots", TOOLS / "@types", "scenario.ts"]
    done = subprocess.run([str(each) for each in command], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    return folder / "scenario.js"


def test_present(stage: Stage, program: Path) -> None:
    assert played(stage, "node", program) == STEPS


def test_future(stage: Stage, program: Path) -> None:
    with tomorrow(stage.url) as (url, _):
        assert played(stage._replace(url=url, future=True), "node", program) == STEPS
