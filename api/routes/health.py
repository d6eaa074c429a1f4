"""Whether this process lives, whether it can serve, and what it counts."""

from typing import Annotated, Any, Literal

import msgspec
from litestar import Response, get
from litestar.di import NamedDependency
from msgspec import Meta
from prometheus_client import CONTENT_TYPE_LATEST

from api.call import Call
from api.contract import Api
from api.metrics import Metrics
from api.readiness import probe
from api.wire import Out

TAGS = ["Health"]


class Liveness(Out):
    """This process answers."""

    status: Literal["alive"]


class ReadinessCheck(Out):
    """One thing that serving needs."""

    name: Annotated[str, Meta(max_length=40, examples=["database"])]
    ok: bool
    detail: Annotated[str, Meta(max_length=300)] | None


class Readiness(Out):
    """Whether requests can be carried out now, and what is missing if not."""

    status: Literal["ready", "not_ready"]
    checks: Annotated[list[ReadinessCheck], Meta(max_length=10)]


@get("/health/live", tags=TAGS, opt={"api": Api(public=True)})
async def get_health_live() -> Liveness:
    """Tell whether the process answers.

    Says nothing of the database: a restart would not mend that.
    """
    return Liveness(status="alive")


@get("/health/ready", tags=TAGS, opt={"api": Api(public=True)})
async def get_health_ready(call: NamedDependency[Call]) -> Response[Readiness]:
    """Tell whether requests can be carried out.

    Checks the database on a connection of its own, its migrations, and the storage of files. 503 when one fails.
    """
    checks = [ReadinessCheck(name=name, ok=fault is None, detail=fault) for name, fault in await probe(call.services)]
    ready = all(check.ok for check in checks)
    body = Readiness(status="ready" if ready else "not_ready", checks=checks)
    response: Response[Any] = Response(
        msgspec.json.encode(body),
        status_code=200 if ready else 503,
        media_type="application/json",
        headers={"cache-control": "no-store"},
    )
    return response


@get("/metrics", tags=TAGS, opt={"api": Api(public=True, response_media="text/plain")})
async def get_metrics(call: NamedDependency[Call], metrics: NamedDependency[Metrics]) -> Response[bytes]:
    """Show what the server counts, for Prometheus.

    Nothing of any tenant is in it; the reverse proxy keeps it to the operator's network.
    """
    text = metrics.text() + await call.services.installation.text()
    return Response(text, headers={"content-type": CONTENT_TYPE_LATEST})


HANDLERS = [get_health_live, get_health_ready, get_metrics]
