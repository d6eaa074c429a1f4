"""Programs beside operations (`x-codeSamples`), cut out of files that a test runs whole: what is shown has worked.

A file has regions, `# [create_rfq]` to `# [/create_rfq]`, named like handlers. What stands in the region `hub` goes before each.
"""

import re
import textwrap
from pathlib import Path
from typing import NamedTuple

Sample = dict[str, str]
_REGION = re.compile(r"^[ \t]*(?:#|//) \[(\w+)\]\n(.*?)^[ \t]*(?:#|//) \[/\1\]$", re.MULTILINE | re.DOTALL)
HUB = "hub"


class _Language(NamedTuple):
    suffix: str
    lang: str
    label: str


LANGUAGES = (
    _Language("sh", "Shell", "curl"),
    _Language("py", "Python", "Python"),
    _Language("ts", "TypeScript", "TypeScript"),
)


def samples(folder: Path) -> dict[str, list[Sample]]:
    """By handler, its programs as `x-codeSamples` has them; none where the folder is not there."""
    found: dict[str, list[Sample]] = {}
    for language in LANGUAGES:
        for path in sorted(folder.glob(f"*.{language.suffix}")):
            regions = {name: textwrap.dedent(text) for name, text in _REGION.findall(path.read_text())}
            before = regions.pop(HUB, "")
            for name, text in regions.items():
                source = f"{before}\n{text}" if before else text
                found.setdefault(name, []).append({"lang": language.lang, "label": language.label, "source": source})
    return found
