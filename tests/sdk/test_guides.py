"""Whoever follows the guides gets there: their commands and programs are taken out of them and run."""

import os
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from sdk_scene import PYTHON, ROOT, Stage, python_environment

pytestmark = pytest.mark.slow
WORKSHOP, ERP = ROOT / "docs/quick-start-workshop.md", ROOT / "docs/quick-start-erp.md"


def blocks(guide: Path, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", guide.read_text(), flags=re.DOTALL)


def shell(stage: Stage, script: str, folder: Path, **more: str) -> "subprocess.CompletedProcess[str]":
    """Bash with the command line of the committed package on its path."""
    tool = folder / "bin/jembatan-client"
    tool.parent.mkdir(exist_ok=True)
    tool.write_text(f'#!/bin/sh\nexec {sys.executable} -m jembatan_client.cli "$@"\n')
    tool.chmod(0o755)
    environment = stage.environment() | python_environment() | more
    environment["PATH"] = f"{tool.parent}:{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


class Api:
    """The other side's calls, without the SDK."""

    def __init__(self, stage: Stage, secret: str) -> None:
        self.url, self.headers = stage.url, {"authorization": f"Bearer {secret}"}

    def call(self, method: str, path: str, *, headers: dict[str, str] | None = None, **more: Any) -> httpx.Response:
        sent = {"idempotency-key": os.urandom(8).hex(), **self.headers, **(headers or {})}
        sent = sent if method == "POST" else {**self.headers, **(headers or {})}
        return httpx.request(method, self.url + path, headers=sent, trust_env=False, **more)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        answer = self.call("POST", path, json=body, headers=headers)
        assert answer.is_success, answer.text
        return answer.json()

    def get(self, path: str) -> Any:
        return self.call("GET", path).json()


def published(stage: Stage, *, closes_in: float = 7200) -> Any:
    """A buyer's open RFQ with a confidential drawing."""
    buyer = Api(stage, stage.buyer)
    line = {
        "line_no": 1,
        "part_number": "P-001",
        "name": {"id": "Poros", "en": "Shaft"},
        "material": "S45C",
        "processes": ["turning_cnc"],
        "quantity": "1000",
        "unit": "H87",
        "specification": "Turn it.",
    }
    closes = datetime.now(UTC) + timedelta(seconds=closes_in)
    body = {"title": "Poros pompa", "visibility": "open", "quotes_close_at": closes.isoformat(), "lines": [line]}
    rfq = buyer.post("/v1/rfqs", body | {"nda_required": True, "nda_text": "Keep the drawing to yourself."})
    kind = {"content-type": "application/octet-stream"}
    file = buyer.call("POST", "/v1/files?name=shaft.pdf", content=b"%PDF-1.7\n%%EOF\n", headers=kind).json()
    document = {"file_id": file["id"], "kind": "drawing", "line_no": 1, "confidential": True}
    buyer.post(f"/v1/rfqs/{rfq['id']}/documents", document)
    return buyer.post(f"/v1/rfqs/{rfq['id']}/publish")


def test_a_workshop_quotes_from_a_terminal(stage: Stage, tmp_path: Path) -> None:
    rfq = published(stage)
    said, places = "", {}
    for block in blocks(WORKSHOP, "sh"):
        if "pip install" in block or "export" in block:
            continue
        # As a reader does: where the guide says `RFQ=rfq_…`, take the id from the screen.
        for name, prefix in re.findall(r"^(\w+)=(\w+_)…$", block, flags=re.MULTILINE):
            places[name] = re.findall(rf"\b{prefix}[0-9a-f]{{32}}\b", said)[0]
        script = "\n".join(line for line in block.splitlines() if "…" not in line)
        done = shell(stage, script, tmp_path, JEMBATAN_URL=stage.url, JEMBATAN_KEY=stage.supplier, LANG="C", **places)
        assert done.returncode == 0, f"{script}\n{done.stdout}\n{done.stderr}"
        said = done.stdout
        if "rfq list" in block:  # others publish on this server too
            assert rfq["id"] in said
            said = rfq["id"]
    assert (tmp_path / "drawing.pdf").read_bytes() == b"%PDF-1.7\n%%EOF\n"
    seen = Api(stage, stage.supplier).get(f"/v1/quotes/{places['QUOTE']}")
    assert seen["state"] == "submitted"
    breaks = seen["content"]["lines"][0]["breaks"]
    assert [(float(each["min_quantity"]), float(each["unit_price"])) for each in breaks] == [(1, 12500), (500, 11750)]


def test_a_buyers_program_runs_unchanged(stage: Stage, tmp_path: Path) -> None:
    (program,) = blocks(ERP, "python")
    environment = stage.environment() | python_environment()
    environment |= {"JEMBATAN_KEY": stage.buyer, "ERP_NUMBER": "4500012345"}

    def run() -> str:
        done = subprocess.run(
            [PYTHON, "-c", program],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    first, second = run(), run()
    assert re.search(r"^published rfq_\w+ open$", first, flags=re.MULTILINE)
    assert "rfq.published" in first
    assert re.search(r"^cursor \S+$", first, flags=re.MULTILINE)
    assert second.startswith("known rfq_")


def test_a_mistake_has_its_exit_code_and_both_languages(stage: Stage, tmp_path: Path) -> None:
    rfq = published(stage)["id"]

    def run(command: str, **more: str) -> "subprocess.CompletedProcess[str]":
        known = {"JEMBATAN_URL": stage.url, "JEMBATAN_KEY": stage.supplier, "LANG": "C", **more}
        return shell(stage, f"jembatan-client {command}", tmp_path, **known)

    assert run("quote submit quo_" + "0" * 32).returncode == 1
    assert run("quote draft").returncode == 2
    assert run("rfq list", JEMBATAN_URL="").returncode == 2
    assert run("rfq list --url http://127.0.0.1:9", JEMBATAN_KEY="").returncode == 4
    refused = run("rfq list", JEMBATAN_KEY="jbt_wrong")
    assert (refused.returncode, refused.stdout) == (4, "")
    listed = run("rfq list --limit 3 --json")
    assert listed.returncode == 0
    narrow = run(f"rfq show {rfq}", COLUMNS="40", LANG="id_ID.UTF-8")
    assert "Judul" in narrow.stdout
    assert all(len(line) <= 40 for line in narrow.stdout.splitlines()), narrow.stdout
    assert "Title" in run(f"rfq show {rfq} --lang en", LANG="id_ID.UTF-8").stdout


def test_an_order_is_acknowledged_and_despatched(stage: Stage, tmp_path: Path) -> None:
    rfq = published(stage, closes_in=4)["id"]
    buyer, supplier = Api(stage, stage.buyer), Api(stage, stage.supplier)
    environment = {"JEMBATAN_URL": stage.url, "JEMBATAN_KEY": stage.supplier, "LANG": "C", "RFQ": rfq}
    quote = shell(
        stage,
        "jembatan-client rfq join $RFQ > nda; jembatan-client rfq accept-nda $RFQ > nda\n"
        "jembatan-client quote draft $RFQ --price 1=12500 --json",
        tmp_path,
        **environment,
    )
    assert quote.returncode == 0, quote.stderr
    quote_id = re.findall(r"quo_[0-9a-f]{32}", quote.stdout)[0]
    assert shell(stage, f"jembatan-client quote submit {quote_id}", tmp_path, **environment).returncode == 0
    ends = datetime.now(UTC) + timedelta(seconds=20)
    opened = False
    while not opened and datetime.now(UTC) < ends:
        answer = buyer.call("POST", f"/v1/rfqs/{rfq}/open-quotes")
        opened = answer.is_success
    assert opened, answer.text
    lines = [{"line_no": 1, "quantity": "1000", "reason": "lowest_total_cost"}]
    award = buyer.post(f"/v1/rfqs/{rfq}/awards", {"quote_id": quote_id, "lines": lines})
    issued = buyer.post(f"/v1/awards/{award['id']}/issue", **{"if-match": award["etag"]})
    order = supplier.post(f"/v1/awards/{award['id']}/accept", **{"if-match": issued["etag"]})["order_id"]
    done = shell(
        stage,
        f"jembatan-client order acknowledge {order} --date 2030-01-01\n"
        f"for again in 1 2; do jembatan-client order despatch {order} --number SJ-1 --line 1:H7731=400; done\n"
        f"jembatan-client order show {order}; jembatan-client order list; jembatan-client events follow --once",
        tmp_path,
        **environment,
    )
    assert done.returncode == 0, done.stderr
    assert re.search(r"400\b", done.stdout)
    despatches = supplier.get(f"/v1/orders/{order}/despatches")["items"]
    assert len(despatches) == 1
    assert "despatch.created" in done.stdout
