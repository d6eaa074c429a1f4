"""The reference for people at /docs, and the document for programs at /openapi.json.

Everything comes from this server: the viewer (Scalar) is stored beside this module, and the page's policy
lets it ask nobody else. Where it is from: docs_assets/LICENSE-scalar.txt.
"""

import gzip
import html
import json
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from litestar import Litestar, Request, Response, get
from litestar.handlers import HTTPRouteHandler

from api.contract import Api, document, render

_VIEWER: Final = Path(__file__).parent / "docs_assets" / "scalar.js.gz"
_ASK_FIRST: Final = "public, no-cache"
_FOR_EVER: Final = "public, max-age=31536000, immutable"
# The viewer adds its style sheet as an element: hence 'unsafe-inline', for styles only.
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_OPTIONS: Final[dict[str, Any]] = {
    "agent": {"disabled": True},
    "defaultHttpClient": {"targetKey": "shell", "clientKey": "curl"},
    "documentDownloadType": "json",
    "hideClientButton": True,
    "showDeveloperTools": "never",
    "telemetry": False,
    "withDefaultFonts": False,
}


@cache
def _viewer() -> bytes:
    return _VIEWER.read_bytes()


VIEWER_PATH: Final = f"/docs/assets/scalar.{sha256(_viewer()).hexdigest()[:16]}.js"
_CONFIGURATION: Final = html.escape(json.dumps(_OPTIONS))
# Viewer and document are large: until the viewer has put something into its place, the page says what it waits for.
_PAGE: Final = f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Jembatan API</title>
<link rel="icon" href="data:,">
<style>#waiting {{ font: 16px sans-serif; margin: 4rem }} #api-reference:not(:empty) ~ #waiting {{ display: none }}</style>
</head>
<body>
<noscript>This page needs JavaScript; <a href="/openapi.json">the document behind it</a> does not.</noscript>
<div id="api-reference" data-url="/openapi.json" data-configuration="{_CONFIGURATION}"></div>
<p id="waiting">Reading the reference of the Jembatan API …</p>
<script src="{VIEWER_PATH}"></script>
</body>
</html>
"""


@get("/docs", include_in_schema=False, opt={"api": Api(public=True, response_media="text/html")})
async def get_docs() -> Response[str]:
    """Show the page that loads the viewer."""
    headers = {
        "content-security-policy": _POLICY,
        "cache-control": _ASK_FIRST,
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
    }
    return Response(_PAGE, media_type="text/html", headers=headers)


# Litestar's compression would compress what already is, and say so only once: `no_compression` keeps it away
# (CompressionConfig(exclude_opt_key="no_compression")).
@get(
    VIEWER_PATH,
    include_in_schema=False,
    opt={"api": Api(public=True, response_media="text/javascript"), "no_compression": True},
)
async def get_docs_viewer(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Send the viewer; its name changes with its content, so that it is fetched once."""
    headers = {"cache-control": _FOR_EVER, "vary": "Accept-Encoding", "x-content-type-options": "nosniff"}
    if _takes_gzip(request.headers.get("accept-encoding", "")):
        headers["content-encoding"] = "gzip"
        return Response(_viewer(), media_type="text/javascript", headers=headers)
    return Response(gzip.decompress(_viewer()), media_type="text/javascript", headers=headers)


@get("/openapi.json", include_in_schema=False, opt={"api": Api(public=True)})
async def get_openapi(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Send the OpenAPI document, or 304 to who has it."""
    content, etag = openapi_bytes(request.app)
    headers = {"etag": etag, "cache-control": _ASK_FIRST}
    if etag in [tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")]:
        return Response(b"", status_code=304, headers=headers)
    return Response(content, media_type="application/json", headers=headers)


HANDLERS: Final[tuple[HTTPRouteHandler, ...]] = (get_docs, get_docs_viewer, get_openapi)


def openapi_bytes(app: Litestar) -> tuple[bytes, str]:
    """The document of `app` and its entity tag. Made at the first call, which takes a while; then kept."""
    kept: tuple[bytes, str] | None = app.state.get("openapi_bytes")
    if kept is None:
        content = render(document(app))
        kept = content, f'"{sha256(content).hexdigest()[:32]}"'
        app.state["openapi_bytes"] = kept
    return kept


def _takes_gzip(accepted: str) -> bool:
    """Whether `Accept-Encoding` admits gzip."""
    for part in accepted.split(","):
        coding, _, quality = part.replace(" ", "").lower().partition(";q=")
        if coding in ("gzip", "*"):
            return quality == "" or quality.strip("0.") != ""
    return False
