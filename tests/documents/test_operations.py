"""What an operator copies from docs/ says what the program does: limits, settings, metrics, codes, commands."""

import asyncio
import json
import re
import shutil
import socket
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry

import api.keys_cli
import api.upkeep_cli  # noqa: F401  both register their commands
from api.cli import cli
from api.edge import LARGER_BODIES, STREAMED_ENDS, STREAMED_PATHS
from api.figures import NAMES
from api.metrics import Metrics
from api.problems import TABLE
from api.settings import MIB
from api.settings_page import variables
from domain.connections import ACQUIRE_SECONDS
from domain.database import COMMIT_SECONDS, LOCK_MILLISECONDS, STATEMENT_MILLISECONDS

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "docs" / "deploy"
PAGE = (ROOT / "docs" / "operations.md").read_text()
PROXIES = ("nginx.conf", "haproxy.cfg", "Caddyfile")
METRIC = re.compile(r"\bjembatan_[a-z_]+\b")
NOT_METRICS = {"jembatan_app"}


def metrics() -> set[str]:
    """Every name that `/metrics` can show, as a query names it."""
    registry = CollectorRegistry()
    Metrics(registry)
    counted = {
        name
        for family in registry.collect()
        for name in (
            [f"{family.name}_bucket", f"{family.name}_sum", f"{family.name}_count", family.name]
            if family.type == "histogram"
            else [f"{family.name}_total" if family.type == "counter" else family.name]
        )
    }
    return counted | {name for name, _ in NAMES.values()} | {"jembatan_info", "jembatan_database_up"}


def test_every_query_of_the_dashboard_names_a_metric() -> None:
    board = json.loads((DEPLOY / "grafana-dashboard.json").read_text())
    queries = [target["expr"] for panel in board["panels"] for target in panel["targets"]]
    queries += [one["query"] for one in board["templating"]["list"] if one["type"] == "query"]
    assert len(queries) > 15
    for query in queries:
        named = set(METRIC.findall(query))
        assert named, query
        assert named <= metrics(), query
    drawn = {name for query in queries for name in METRIC.findall(query)}
    whole = {name.removesuffix("_bucket") for name in drawn}
    assert {name for name in metrics() if not name.endswith(("_bucket", "_sum", "_count"))} <= whole, "not drawn"
    places = [tuple(sorted(panel["gridPos"].items())) for panel in board["panels"]]
    assert len(set(places)) == len(places)


def test_alerts_and_the_page_name_metrics_that_there_are() -> None:
    alerts = set(METRIC.findall((DEPLOY / "alerts.yml").read_text()))
    told = set(METRIC.findall(PAGE)) - NOT_METRICS
    assert alerts
    assert alerts <= metrics()
    assert told <= metrics()
    assert {name for name in metrics() if not name.endswith(("_bucket", "_sum", "_count"))} <= told, "not told"


def test_every_setting_that_is_named_is_one() -> None:
    known = set(variables()) | {"JEMBATAN_CI_VENV"}
    texts = [path.read_text() for path in DEPLOY.iterdir()] + [PAGE]
    named = {name for text in texts for name in re.findall(r"\b(?:JEMBATAN_[A-Z_]+|DATABASE_URL)\b", text)}
    assert named <= known
    assert {"DATABASE_URL", "JEMBATAN_KEYS", "JEMBATAN_HOME"} <= named


def test_the_units_start_what_there_is() -> None:
    for unit, command in (("jembatan-serve.service", "serve"), ("jembatan-work.service", "work")):
        words = re.findall(r"^ExecStart=\S*/jembatan (.+)$", (DEPLOY / unit).read_text(), re.MULTILINE)[0].split()
        assert words[0] == command
        options = {
            option
            for parameter in cli.commands[command].params
            for option in (*parameter.opts, *parameter.secondary_opts)
        }
        assert {word for word in words if word.startswith("--")} <= options
    for command in re.findall(r"`jembatan ([a-z-]+)", PAGE):
        assert command in cli.commands, command


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    for unit in ("jembatan-serve.service", "jembatan-work.service"):
        text = (DEPLOY / unit).read_text().replace("/opt/jembatan/.venv/bin/jembatan", "/bin/true")
        (tmp_path / unit).write_text(text)
        said = subprocess.run(
            ["systemd-analyze", "verify", str(tmp_path / unit)], capture_output=True, text=True, check=False, timeout=30
        )
        assert unit not in said.stderr, said.stderr
        assert said.returncode == 0, said.stderr


def test_the_proxies_let_through_what_the_server_takes() -> None:
    for name in PROXIES:
        text = (DEPLOY / name).read_text()
        for path in (*STREAMED_PATHS, *STREAMED_ENDS, *LARGER_BODIES, "/metrics", "/v1/events/stream"):
            words = path.split("/")[1:]
            assert all(word in text for word in words), (name, path)
    batch = LARGER_BODIES["/v1/rfqs/batch"]
    assert f"content-length) gt {batch} }}" in (DEPLOY / "haproxy.cfg").read_text()
    assert f"content-length) gt {MIB} }}" in (DEPLOY / "haproxy.cfg").read_text()
    assert f"client_max_body_size {batch // MIB}m;" in (DEPLOY / "nginx.conf").read_text()
    assert f"max_size {batch // MIB}MiB" in (DEPLOY / "Caddyfile").read_text()


def test_the_page_tells_the_times_that_are_kept() -> None:
    told = (
        f"{ACQUIRE_SECONDS:g} s for a connection < {LOCK_MILLISECONDS / 1000:g} s for a lock < "
        f"{STATEMENT_MILLISECONDS / 1000:g} s for a statement < {COMMIT_SECONDS:g} s for a commit < 30 s at the proxy"
    )
    assert told in PAGE


def test_the_page_tells_codes_that_there_are() -> None:
    codes = {refusal.code for refusal in TABLE}
    rows = PAGE.split("## When something fails")[1].split("## Upgrading")[0]
    assert set(re.findall(r"(?:503|409|429) `([a-z_]+)`", PAGE)) <= codes
    assert len([line for line in rows.splitlines() if line.startswith("| ")]) > 10
    anchors = {
        re.sub(r"[^\w -]", "", line.lstrip("# ")).lower().replace(" ", "-")
        for line in PAGE.splitlines()
        if line.startswith("#")
    }
    for anchor in re.findall(r"\]\(#([\w-]+)\)", PAGE):
        assert anchor in anchors, anchor
    for link in re.findall(r"\]\((?!#)([^)]+)\)", PAGE):
        assert (ROOT / "docs" / link).exists(), link


PROXY = pytest.mark.skipif(shutil.which("haproxy") is None, reason="haproxy is not installed")


@asynccontextmanager
async def behind_haproxy(tmp_path: Path) -> AsyncIterator[tuple[int, asyncio.Event]]:
    """The sample before a server that says "ok", and of streams one line, then another when the event is set."""
    go_on = asyncio.Event()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            if "/v1/events/stream" in head:
                writer.write(
                    b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n3\r\n: a\r\n"
                )
                await writer.drain()
                await go_on.wait()
                writer.write(b"3\r\n: b\r\n0\r\n\r\n")
            else:
                writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\nok")
            await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    text = (DEPLOY / "haproxy.cfg").read_text()
    text = text.replace("bind :443 ssl crt /etc/haproxy/certs/ alpn h2,http/1.1", f"bind 127.0.0.1:{port}")
    text = re.sub(r"10\.0\.0\.1[12]:8080", f"127.0.0.1:{server.sockets[0].getsockname()[1]}", text)
    text = text.replace("maxconn 4000", "maxconn 100")  # who runs tests may open few files
    config = tmp_path / "haproxy.cfg"
    config.write_text(text)
    judge = await asyncio.create_subprocess_exec(
        "haproxy", "-c", "-f", str(config), stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE
    )
    _, said = await asyncio.wait_for(judge.communicate(), 30)
    assert judge.returncode == 0, said
    assert b"[ALERT]" not in said
    process = await asyncio.create_subprocess_exec(
        "haproxy", "-db", "-f", str(config), stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        for _ in range(100):
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.05)
            else:
                writer.close()
                await writer.wait_closed()
                break
        yield port, go_on
    finally:
        go_on.set()
        if process.returncode is None:
            process.kill()
        await process.wait()
        server.close()


async def asked(port: int, path: str, *, length: int = 0, header: int = 0) -> int:
    """The status of a request whose body, if any, is announced and never sent."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        lines = [f"POST {path} HTTP/1.1", "host: x", f"content-length: {length}", f"x-long: {'a' * header}"]
        writer.write("\r\n".join([*lines, "", ""]).encode())
        await writer.drain()
        first = await asyncio.wait_for(reader.readline(), 10)
        return int(first.split()[1])
    finally:
        writer.close()


@PROXY
async def test_haproxy_keeps_the_limits_and_holds_no_stream_back(tmp_path: Path) -> None:
    async with behind_haproxy(tmp_path) as (port, go_on):
        assert await asked(port, "/v1/rfqs") == 200
        assert await asked(port, "/metrics") == 404
        assert await asked(port, "/v1/rfqs", length=2 * MIB) == 413
        assert await asked(port, "/v1/rfqs/batch", length=2 * MIB) == 200
        assert await asked(port, "/v1/rfqs/batch", length=17 * MIB) == 413
        for path in ("/v1/files?name=a", "/v1/uploads/upl_1", "/v1/rfqs/rfq_1/lines/import"):
            assert await asked(port, path, length=400 * MIB) == 200
        assert await asked(port, "/v1/rfqs", header=8000) == 200
        assert await asked(port, "/v1/rfqs", header=20_000) == 400
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET /v1/events/stream HTTP/1.1\r\nhost: x\r\n\r\n")
        await asyncio.wait_for(reader.readuntil(b": a"), 10)
        go_on.set()
        await asyncio.wait_for(reader.readuntil(b": b"), 10)
        writer.close()
