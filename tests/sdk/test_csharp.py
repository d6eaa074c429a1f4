"""The C# SDK (second tier, generated alone) keeps to the grammar of C#; no more is claimed of it, and nothing compiles it here.

Skipped where `make sdks` has made neither the sources nor the environment with the parser.
"""

import random
import re
import secrets
import shutil
import subprocess
from pathlib import Path

import pytest
from sdk_scene import ROOT, SDK

PACKAGE, PYTHON = ROOT / "build/sdks/csharp", ROOT / "build/sdk-env/bin/python"
pytestmark = [
    pytest.mark.skipif(
        not (PACKAGE / "src").exists() or not PYTHON.exists(), reason="the C# SDK is not parsed: it needs `make sdks`"
    ),
]


def parsed(place: Path) -> "subprocess.CompletedProcess[str]":
    command = [PYTHON, SDK / "parsed.py", place]
    return subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False, timeout=120)


@pytest.mark.slow
def test_every_file_is_parsed() -> None:
    done = parsed(PACKAGE)
    assert done.returncode == 0, done.stderr
    found = re.fullmatch(r"(\d+) files parsed\n", done.stdout)
    assert found is not None
    assert int(found[1]) == len(list(PACKAGE.rglob("*.cs"))) > 300


def test_what_later_servers_add_has_a_place() -> None:
    models = PACKAGE / "src/Jembatan/Model"
    for path in models.glob("*.cs"):
        assert not re.search(r"^\s+(public )?enum ", path.read_text(), flags=re.MULTILINE), path.name
    for name in ("Rfq", "RfqPage", "RfqLine", "Quote", "PurchaseOrder", "Event", "EventPage", "Problem"):
        assert "IDictionary<string, object> AdditionalProperties" in (models / f"{name}.cs").read_text(), name


def test_a_broken_file_is_noticed(tmp_path: Path) -> None:
    whole = (PACKAGE / "src/Jembatan/Model/Rfq.cs").read_text()
    seed = secrets.randbits(32)
    print(f"seed {seed}")  # noqa: T201 - pytest shows it when the test fails
    chosen = random.Random(seed)  # noqa: S311
    braces = [
        found.start()
        for found in re.finditer(r"[{}]", re.sub(r'"[^"\n]*"|///.*', lambda each: "." * len(each[0]), whole))
    ]
    at = chosen.choice(braces)
    broken = {
        "brace": whole[:at] + whole[at + 1 :],
        "cut": whole[: len(whole) // 2],
        "word": whole.replace("public partial class", "public partial klass", 1),
        "other": "def rfq(self) -> None:\n    pass\n",
    }
    good = tmp_path / "Good.cs"
    shutil.copy(PACKAGE / "src/Jembatan/Model/Rfq.cs", good)
    assert parsed(tmp_path).returncode == 0
    for name, text in broken.items():
        (tmp_path / "Bad.cs").write_text(text)
        done = parsed(tmp_path)
        assert done.returncode == 1, name
        assert "Bad.cs:" in done.stderr, name
        assert "Good.cs" not in done.stderr, name
    (tmp_path / "empty").mkdir()
    assert parsed(tmp_path / "empty").returncode == 1
