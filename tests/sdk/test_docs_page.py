"""/docs in a real browser: it shows the reference, asks no other host, and nothing goes wrong in its console.

Every request of the browser, to loopback too, goes through a proxy that notes it and passes on only what is for the
server. Without Chromium these tests are skipped.
"""

import http.client
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from server_process import ServerProcess

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--disable-default-apps"),
    *("--disable-domain-reliability", "--no-pings", "--disable-features=OptimizationHints,AutofillServerCommunication"),
    *("--enable-logging=stderr", "--log-level=0", "--window-size=1400,1000"),
]
BROWSERS_OWN = re.compile(r"(CONNECT |(GET|POST) https?://)([\w-]+\.)*(google|googleapis|gvt1)\.com[:/]")
"""What Chromium asks for itself, whatever page it shows. The page's own policy would refuse these to the page, in the console."""
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed: /docs was not looked at in a browser"),
]


@contextmanager
def noting(server: str) -> Iterator[tuple[str, list[str]]]:
    """A proxy before `server`: its address, and every request as `GET http://…`; others are refused."""
    asked: list[str] = []
    address = urlsplit(server)

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            """Say nothing."""

        def _pass(self) -> None:
            asked.append(f"{self.command} {self.path}")
            there = urlsplit(self.path)
            if self.command == "CONNECT" or there.netloc != address.netloc:
                self.send_error(403)
                return
            connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=60)
            kept = {name: value for name, value in self.headers.items() if not name.lower().startswith("proxy-")}
            connection.request(self.command, there.path, headers=kept | {"Connection": "close"})
            answer = connection.getresponse()
            body = answer.read()
            self.send_response(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in ("transfer-encoding", "content-length", "connection"):
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            connection.close()

        do_GET = do_POST = do_HEAD = do_OPTIONS = do_CONNECT = _pass  # noqa: N815

    proxy = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    proxy.daemon_threads = True
    thread = threading.Thread(target=proxy.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{proxy.server_port}", asked
    finally:
        proxy.shutdown()
        proxy.server_close()
        thread.join(10)


def opened(server: str, page: str, profile: Path) -> tuple[str, str, list[str]]:
    """What a page has become, what the browser's console said, and what it asked for."""
    with noting(server) as (proxy, asked):
        done = subprocess.run(
            [
                *(str(CHROMIUM), *FLAGS, f"--user-data-dir={profile}"),
                *(f"--proxy-server={proxy}", "--proxy-bypass-list=<-loopback>"),
                *("--virtual-time-budget=20000", "--dump-dom", server + page),
            ],
            capture_output=True,
            text=True,
            check=False,
            timeout=150,
        )
    assert done.returncode == 0, done.stderr[-3000:]
    console = "\n".join(line for line in done.stderr.splitlines() if "CONSOLE" in line)
    return done.stdout, console, asked


def test_the_reference_is_shown_and_nobody_else_is_asked(sdk_server: ServerProcess, tmp_path: Path) -> None:
    # The server makes the document when it is first asked for; the browser's clock would run out on a busy machine.
    assert httpx.get(f"{sdk_server.url}/openapi.json", timeout=60, trust_env=False).status_code == httpx.codes.OK
    page, console, asked = opened(sdk_server.url, "/docs", tmp_path / "profile")
    shown = re.sub(r"<(script|style)\b.*?</\1>", "", page, flags=re.DOTALL)
    # Something is in the viewer's place, so that the style sheet hides what is said before.
    assert re.search(r'<div id="api-reference"[^>]*><', page)
    for expected in ("Jembatan", "ChangeOrders", "List the addenda of an RFQ", "/v1/rfqs/{rfq_id}/addenda", "Bearer"):
        assert expected in shown, expected
    own = [each for each in asked if not BROWSERS_OWN.match(each)]
    assert [each for each in own if not each.startswith(f"GET {sdk_server.url}/")] == []
    assert {urlsplit(each.split(" ", 1)[1]).path.split(".")[0] for each in own} == {
        *("/docs", "/openapi", "/docs/assets/scalar"),
    }
    wrong = re.compile(r"Uncaught|Refused to|Content.Security.Policy|Failed to load|:ERROR:CONSOLE", re.IGNORECASE)
    assert [line for line in console.splitlines() if wrong.search(line)] == []


def test_the_proxy_would_have_seen_it(sdk_server: ServerProcess, tmp_path: Path) -> None:
    """The check above can fail: a page that asks another host is noted, and its console is read."""
    page = tmp_path / "page.html"
    page.write_text("<img src='http://jembatan.invalid/a.png'><script>throw new Error('seen')</script>")
    with noting(sdk_server.url) as (proxy, asked):
        done = subprocess.run(
            [
                *(str(CHROMIUM), *FLAGS, f"--user-data-dir={tmp_path / 'profile'}"),
                *(f"--proxy-server={proxy}", "--proxy-bypass-list=<-loopback>"),
                *("--virtual-time-budget=5000", "--dump-dom", page.as_uri()),
            ],
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
    assert "GET http://jembatan.invalid/a.png" in asked
    assert re.search(r"CONSOLE.*Uncaught Error: seen", done.stderr)
