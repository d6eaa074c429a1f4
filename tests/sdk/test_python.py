"""The Python SDK plays its story with the present server and with that of tomorrow."""

import pytest
from sdk_scene import PYTHON, SCENARIOS, STEPS, Stage, played, python_environment
from tomorrow_server import tomorrow

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("kind", ["wait", "async"])
def test_present(stage: Stage, kind: str) -> None:
    assert played(stage, PYTHON, SCENARIOS / "scenario.py", kind, environment=python_environment()) == STEPS


@pytest.mark.parametrize("kind", ["wait", "async"])
def test_future(stage: Stage, kind: str) -> None:
    with tomorrow(stage.url) as (url, future):
        told = stage._replace(url=url, future=True)
        assert played(told, PYTHON, SCENARIOS / "scenario.py", kind, environment=python_environment()) == STEPS
    assert future.members > 20
    assert future.values > 5
