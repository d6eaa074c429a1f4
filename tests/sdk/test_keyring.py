"""Where the command line finds its key: the environment first, then a keyring, which here is a module that stands in for one."""

import json
import os
import subprocess
from pathlib import Path

import pytest
from sdk_scene import PYTHON, PYTHON_SDK, Stage

pytestmark = pytest.mark.slow
KEYRING = """
import json, os

def get_password(service, user):
    with open(os.environ["ASKED"], "a") as file:
        file.write(json.dumps([service, user]) + chr(10))
    return json.loads(os.environ["STORED"]).get(f"{service} {user}")
"""


def listed(
    stage: Stage, folder: Path, stored: dict[str, str], *, installed: bool = True, **more: str
) -> tuple[int, list[list[str]], str]:
    """The exit code of `rfq list`, what the keyring was asked for, and what was said of an error."""
    modules = folder / "modules"
    modules.mkdir(exist_ok=True)
    (modules / "keyring.py").write_text(KEYRING if installed else "raise ImportError('keyring is not installed')\n")
    asked = folder / "asked"
    asked.write_text("")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("JEMBATAN_")}
    environment = {
        **kept,
        "PYTHONPATH": f"{PYTHON_SDK}:{modules}",
        "NO_PROXY": "*",
        "LANG": "C.UTF-8",
        "JEMBATAN_URL": stage.url,
        "STORED": json.dumps(stored),
        "ASKED": str(asked),
        **more,
    }
    done = subprocess.run(
        [PYTHON, "-m", "jembatan_client.cli", "rfq", "list", "--json"],
        env=environment, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    return done.returncode, [json.loads(text) for text in asked.read_text().splitlines()], done.stderr


def test_the_keyring_is_asked_for_the_key_of_this_server(stage: Stage, tmp_path: Path) -> None:
    code, asked, said = listed(stage, tmp_path, {f"jembatan-client {stage.url}": stage.buyer})
    assert (code, asked) == (0, [["jembatan-client", stage.url]]), said


def test_the_environment_goes_before_it(stage: Stage, tmp_path: Path) -> None:
    code, asked, said = listed(stage, tmp_path, {f"jembatan-client {stage.url}": "jbt_wrong"}, JEMBATAN_KEY=stage.buyer)
    assert (code, asked) == (0, []), said


def test_a_key_of_another_server_is_not_sent_here(stage: Stage, tmp_path: Path) -> None:
    code, asked, said = listed(stage, tmp_path, {"jembatan-client https://other.example": stage.buyer})
    assert (code, asked) == (4, [["jembatan-client", stage.url]])
    assert "No key" in said


def test_without_the_package_there_is_no_key(stage: Stage, tmp_path: Path) -> None:
    code, asked, said = listed(stage, tmp_path, {}, installed=False)
    assert (code, asked) == (4, [])
    assert "No key" in said
    assert "Traceback" not in said
