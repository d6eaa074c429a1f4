"""The quick start in the README runs as it stands."""

import re
import subprocess

import pytest
from sdk_scene import PYTHON, PYTHON_SDK, Stage, python_environment

pytestmark = pytest.mark.slow


def test_quick_start(stage: Stage) -> None:
    block = re.findall(r"```python\n(.*?)```", (PYTHON_SDK / "README.md").read_text(), flags=re.DOTALL)[0]
    environment = stage.environment() | python_environment() | {"JEMBATAN_KEY": stage.buyer}
    done = subprocess.run(
        [PYTHON, "-c", block], env=environment, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    first, second = done.stdout.splitlines()
    assert first.startswith("rfq_")
    assert "/lines" in second
