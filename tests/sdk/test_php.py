"""The PHP SDK (second tier, generated alone) plays the story with the present server and with that of tomorrow.

Skipped where PHP, Guzzle (as Debian installs it) or what `make sdks` makes is missing.
"""

import shutil
from pathlib import Path

import pytest
from sdk_scene import ROOT, SCENARIOS, STEPS, Stage, played
from tomorrow_server import tomorrow

PACKAGE, GUZZLE = ROOT / "build/sdks/php", Path("/usr/share/php/GuzzleHttp/autoload.php")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not (PACKAGE / "lib").exists() or not GUZZLE.exists() or shutil.which("php") is None,
        reason="the PHP SDK is not played: it needs `make sdks`, PHP and Guzzle",
    ),
]
COMMAND = ("php", "-d", "memory_limit=128M", SCENARIOS / "scenario.php")
WHERE = {"SDK": str(PACKAGE), "GUZZLE": str(GUZZLE)}


def test_present(stage: Stage) -> None:
    assert played(stage, *COMMAND, environment=WHERE) == STEPS


def test_future(stage: Stage) -> None:
    with tomorrow(stage.url) as (url, _):
        assert played(stage._replace(url=url, future=True), *COMMAND, environment=WHERE) == STEPS
