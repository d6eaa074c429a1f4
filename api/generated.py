"""What is generated from the code and committed: the OpenAPI document and the pages beside it, and the schema.

`python -m api.generated` writes them. With `--check` it fails when one is stale or the document breaks clients of the last
released one; with `--release` it keeps the present document as the last released one.
"""

import asyncio
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from api.app import create_litestar
from api.contract import document, render
from api.contract.changes import breaking, major, surface
from api.embedded_account import binaries_directory
from api.embedded_postgres import EmbeddedPostgres
from api.migrate import migrate
from api.problems import TABLE, TYPE_PREFIX
from api.services import Services
from api.settings import Settings
from api.settings_page import settings_page
from domain.ledger.catalogue import TOLD
from domain.lifecycle import MACHINES, Machine

ROOT = Path(__file__).parent.parent


@cache
def openapi_document() -> bytes:
    """The OpenAPI document. Needs no database: the handlers are only described."""
    parts: Any = None
    services = Services(Settings(home=Path("unused")), parts, parts, parts, parts)
    litestar, _ = create_litestar(services)
    return render(document(litestar))


def surface_lock() -> bytes:
    """The names that SDKs are made of, for whoever reviews a change."""
    return (json.dumps(surface(json.loads(openapi_document())), indent=1, ensure_ascii=False) + "\n").encode()


def broken() -> list[str]:
    """What the document breaks of the last released one, unless its version says that it may."""
    released = max((ROOT / "openapi" / "released").glob("*.json"), key=lambda path: _numbers(path.stem))
    old, new = json.loads(released.read_bytes()), json.loads(openapi_document())
    if major(new["info"]["version"]) > major(released.stem):
        return []
    return breaking(old, new)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def errors_page() -> bytes:
    """Every problem code with its status, titles and what it means."""
    rows = sorted(TABLE.items(), key=lambda item: item[0].code)
    lines = [
        "# Problems",
        "",
        f"Every error is `application/problem+json` (RFC 9457). `type` is `{TYPE_PREFIX}` and the code. Branch on `code`.",
        "",
        "| code | status | title (en) | title (id) | meaning |",
        "|---|---|---|---|---|",
    ]
    for refusal, row in rows:
        meaning = " ".join((refusal.__doc__ or "").split())
        lines.append(f"| `{refusal.code}` | {row.status} | {row.en} | {row.id} | {meaning} |")
    return ("\n".join(lines) + "\n").encode()


def events_page() -> bytes:
    """Every event type, what announces it and who may take the step."""
    lines = [
        "# Events",
        "",
        "One event for every change, in the feed of everybody who may see it (`GET /v1/events`).",
        "",
        "Each type is an arm of the union `Event` in `openapi.json`. `data` says the members below, where they are known; an",
        "event that an earlier release recorded may lack some. There will be further types and members: ignore what you do",
        "not know.",
        "",
        "| type | when | by | operation | `data` |",
        "|---|---|---|---|---|",
    ]
    for machine in MACHINES.values():
        for arrow in machine.arrows.values():
            source = "start" if not arrow.source else ", ".join(arrow.source)
            target = "unchanged" if arrow.target is None else arrow.target
            operation = f"`{arrow.operation}`" if arrow.operation else "–"
            said = ", ".join(f"`{member.partition(':')[0]}`" for member in TOLD[arrow.event].members) or "–"
            lines.append(f"| `{arrow.event}` | {source} → {target} | {', '.join(arrow.by)} | {operation} | {said} |")
    lines.append("| `rfq.deleted` | draft → removed | buyer | `delete_rfq` | – |")
    return ("\n".join(lines) + "\n").encode()


def lifecycle_page() -> bytes:
    """Every state machine as a diagram and a table, from the same data that the code enforces."""
    lines = [
        "# States",
        "",
        "Drawn from `domain/lifecycle/`. An arrow back to the same state changes the thing within it.",
    ]
    for machine in MACHINES.values():
        lines += ["", f"## {machine.name}", "", "```mermaid", "stateDiagram-v2", *_diagram(machine), "```"]
    return ("\n".join(lines) + "\n").encode()


def _diagram(machine: Machine) -> list[str]:
    lines: list[str] = []
    for arrow in machine.arrows.values():
        sources = arrow.source or ("[*]",)
        lines.extend(f"    {source} --> {arrow.target or source}: {arrow.action}" for source in sources)
    return [*lines, *(f"    {state} --> [*]" for state in machine.states if state in machine.ends)]


def schema_sql() -> bytes:
    """The schema as pg_dump shows it after all migrations, on the embedded PostgreSQL."""
    with (
        tempfile.TemporaryDirectory(prefix="jembatan-schema-") as folder,
        EmbeddedPostgres.start(Path(folder)) as server,
    ):
        owner = server.dsn(user="postgres", database="postgres")
        asyncio.run(migrate(owner))
        dumped = subprocess.run(
            [binaries_directory() / "pg_dump", "--schema-only", "--no-owner", "--dbname", owner],
            check=True,
            capture_output=True,
            env={**os.environ, "LC_ALL": "C"},
        ).stdout.decode()
    # The dump names its versions and a random key, which say nothing of the schema.
    kept = [
        line
        for line in dumped.splitlines()
        if not re.match(r"--|\\(un)?restrict|SET |SELECT pg_catalog.set_config", line)
    ]
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()
    return f"-- Generated by `make generate` from the migrations. Read it; never edit it.\n\n{text}\n".encode()


ARTEFACTS: dict[str, Callable[[], bytes]] = {
    "openapi/openapi.json": openapi_document,
    "openapi/surface.lock": surface_lock,
    "openapi/errors.md": errors_page,
    "openapi/events.md": events_page,
    "openapi/lifecycle.md": lifecycle_page,
    "docs/settings.md": settings_page,
    "alembic/schema.sql": schema_sql,
}


def release() -> Path:
    """Keep the present document as the released one of its version: what later ones are compared with."""
    content = json.loads(openapi_document())
    path = ROOT / "openapi" / "released" / f"{content['info']['version']}.json"
    path.write_text(json.dumps(content, separators=(",", ":"), ensure_ascii=False) + "\n")
    return path


def main(arguments: list[str]) -> int:
    """Write everything, or with --check say what is stale or breaks clients. The exit code is how much there is of it."""
    if "--release" in arguments:
        print(release())  # noqa: T201  a command line
        return 0
    stale = 0
    for name, make in ARTEFACTS.items():
        path = ROOT / name
        content = make()
        if "--check" not in arguments:
            path.write_bytes(content)
        elif not path.exists() or path.read_bytes() != content:
            stale += 1
            print(f"{name} is stale: run `make generate` and commit it", file=sys.stderr)  # noqa: T201  a command line
    if "--check" in arguments:
        for place in (found := broken()):
            print(f"breaks clients of the last release: {place}", file=sys.stderr)  # noqa: T201  a command line
        stale += len(found)
    return min(stale, 255)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
