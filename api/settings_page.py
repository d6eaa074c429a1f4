"""`docs/settings.md`: every environment variable that the program reads, from the code that reads it."""

import ast
import re
from pathlib import Path

import msgspec

from api import settings
from api.settings import Settings

VARIABLE = re.compile(r"(?:[A-Z]+_)+[A-Z]+")


def variables() -> dict[str, str]:
    """The field of `Settings` that each variable sets, in the order of the fields."""
    reading = next(node for node in ast.walk(_source()) if isinstance(node, ast.FunctionDef) and node.name == "read")
    assigned = {
        node.targets[0].id: node.value
        for node in reading.body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    made = next(node for node in ast.walk(reading) if isinstance(node, ast.Call) and _name(node.func) == "cls")
    found: dict[str, str] = {}
    for keyword in made.keywords:
        assert keyword.arg is not None
        names = [node.id for node in ast.walk(keyword.value) if isinstance(node, ast.Name) and node.id in assigned]
        for value in (keyword.value, *(assigned[name] for name in names)):
            texts = [node.value for node in ast.walk(value) if isinstance(node, ast.Constant)]
            for text in texts:
                if isinstance(text, str) and VARIABLE.fullmatch(text):
                    found.setdefault(text, keyword.arg)
    order = [field.name for field in msgspec.structs.fields(Settings)]
    return dict(sorted(found.items(), key=lambda pair: order.index(pair[1])))


def settings_page() -> bytes:
    """Variable, default and meaning."""
    meanings, defaults = _meanings(), {field.name: field.default for field in msgspec.structs.fields(Settings)}
    lines = [
        "# Settings",
        "",
        "Generated from `api/settings.py` by `make generate`. Read once, at the start. Sizes in bytes, times in seconds.",
        "",
        "| variable | default | meaning |",
        "|---|---|---|",
    ]
    for variable, field in variables().items():
        default = defaults[field]
        shown = "" if default is None or default is msgspec.NODEFAULT else f"`{_plain(default)}`"
        meaning = meanings.get(field) or field.replace("_", " ").capitalize() + "."
        lines.append(f"| `{variable}` | {shown} | {meaning.replace('|', chr(92) + '|')} |")
    return ("\n".join(lines) + "\n").encode()


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return str(int(value))
    return f"{value:g}" if isinstance(value, float) else str(value)


def _meanings() -> dict[str, str]:
    """What the source says below each field."""
    described = next(
        node for node in ast.walk(_source()) if isinstance(node, ast.ClassDef) and node.name == Settings.__name__
    )
    found = {}
    for field, below in zip(described.body, described.body[1:], strict=False):
        if (
            isinstance(field, ast.AnnAssign)
            and isinstance(field.target, ast.Name)
            and isinstance(below, ast.Expr)
            and isinstance(below.value, ast.Constant)
        ):
            found[field.target.id] = " ".join(str(below.value.value).split())
    return found


def _source() -> ast.Module:
    return ast.parse(Path(settings.__file__).read_text())


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""
