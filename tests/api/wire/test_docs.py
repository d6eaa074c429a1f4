"""/docs and /openapi.json: served from here alone, and cheaply."""

import gzip
import json
import re
from collections.abc import AsyncIterator

import httpx
import pytest
from litestar import Litestar
from litestar.config.compression import CompressionConfig

from api.contract import Contract, ContractConfig
from api.docs import HANDLERS, VIEWER_PATH


@pytest.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    contract = Contract()
    app = Litestar(
        list(HANDLERS),
        plugins=[contract],
        openapi_config=ContractConfig(title="Toy", version="1", contract=contract),
        compression_config=CompressionConfig(backend="gzip", exclude_opt_key="no_compression"),
    )
    transport = httpx.ASGITransport(app)  # type: ignore[arg-type]  # Litestar's messages are TypedDicts
    async with httpx.AsyncClient(transport=transport, base_url="http://toy") as client:
        yield client


async def test_the_page_names_no_other_host_and_its_policy_admits_none(http: httpx.AsyncClient) -> None:
    page = await http.get("/docs")
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert re.findall(r'(?:src|href|data-url)="([^"]*)"', page.text) == [
        *("data:,", "/openapi.json", "/openapi.json", VIEWER_PATH),
    ]
    assert "//" not in page.text
    policy = dict(part.split(" ", 1) for part in page.headers["content-security-policy"].split("; "))
    assert (policy["default-src"], policy["script-src"], policy["connect-src"]) == (
        "'none'",
        "'self'",
        "'self'",
    )
    assert not re.search(r"https?:|\*|unsafe-eval", page.headers["content-security-policy"])


async def test_the_viewer_is_sent_as_stored_to_who_takes_gzip(http: httpx.AsyncClient) -> None:
    async with http.stream("GET", VIEWER_PATH, headers={"accept-encoding": "gzip"}) as packed:
        raw = b"".join([chunk async for chunk in packed.aiter_raw()])
    assert (packed.headers["content-encoding"], packed.headers["vary"]) == ("gzip", "Accept-Encoding")
    assert packed.headers["content-type"].startswith("text/javascript")
    assert "immutable" in packed.headers["cache-control"]
    assert len(raw) < 1_500_000
    for refusing in ("identity", "gzip;q=0", "br"):
        plain = await http.get(VIEWER_PATH, headers={"accept-encoding": refusing})
        assert "content-encoding" not in plain.headers
        assert plain.content == gzip.decompress(raw)


async def test_the_document_is_made_once_and_revalidated(http: httpx.AsyncClient) -> None:
    first = await http.get("/openapi.json")
    assert (first.status_code, first.headers["content-type"]) == (200, "application/json")
    assert json.loads(first.content)["info"] == {"title": "Toy", "version": "1"}
    again = await http.get("/openapi.json", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert (await http.get("/openapi.json", headers={"if-none-match": '"other"'})).status_code == 200
