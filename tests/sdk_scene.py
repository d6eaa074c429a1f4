"""What the scenarios of all SDKs are told, and how they are run."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
SDK = ROOT / "openapi/sdk"
PYTHON_SDK = SDK / "python"
SCENARIOS = SDK / "scenarios"
STEPS = [
    *("create", "etag", "patch_null", "stale_etag", "publish", "quote", "pages", "upload", "download", "events"),
    "not_found",
]
"""What every scenario prints, in this order, a line each."""
MIB = 1024 * 1024
BIG = 200 * MIB


class Stage(NamedTuple):
    """What a scenario is told."""

    url: str
    buyer: str
    supplier: str
    big: Path
    out: Path
    future: bool = False

    def environment(self) -> dict[str, str]:
        """As its environment; nothing of a proxy between it and the loopback."""
        kept = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
        return {
            **kept,
            "JEMBATAN_URL": self.url,
            "BUYER_KEY": self.buyer,
            "SUPPLIER_KEY": self.supplier,
            "BIG_FILE": str(self.big),
            "OUT_FILE": str(self.out),
            "FUTURE": "1" if self.future else "",
        }


def played(stage: Stage, *command: str | Path, environment: dict[str, str] | None = None) -> list[str]:
    """The steps that a scenario said it had done. What it says besides is shown when it fails."""
    done = subprocess.run(
        [str(each) for each in command],
        cwd=ROOT,
        env=stage.environment() | (environment or {}),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, f"{done.stdout[-3000:]}\n{done.stderr[-6000:]}"
    return [line.split()[1] for line in done.stdout.splitlines() if line.startswith("ok ")]


def quick_start(readme: Path, language: str) -> str:
    """The program that a README shows, the only one or the first in this language."""
    blocks: list[str] = re.findall(rf"```{language}\n(.*?)```", readme.read_text(), flags=re.DOTALL)
    return blocks[0]


def said(stage: Stage, *command: str | Path, cwd: Path) -> list[str]:
    """What a quick start prints, as the buyer."""
    done = subprocess.run(
        [str(each) for each in command],
        cwd=cwd,
        env=stage.environment() | {"JEMBATAN_KEY": stage.buyer},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, f"{done.stdout[-3000:]}\n{done.stderr[-6000:]}"
    return done.stdout.splitlines()


def python_environment() -> dict[str, str]:
    """The committed package, as installed."""
    return {"PYTHONPATH": str(PYTHON_SDK), "PYTHONWARNINGS": "error"}


PYTHON = sys.executable
