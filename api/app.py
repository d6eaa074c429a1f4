"""Puts the parts together: the only place that knows all of them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from litestar import Litestar, Request
from litestar.config.compression import CompressionConfig
from litestar.di import Provide
from litestar.middleware import DefineMiddleware
from litestar.openapi.spec import License
from prometheus_client import CollectorRegistry

from api import problems
from api.call import JSON, Call
from api.contract import Api, Contract, ContractConfig
from api.contract_words import WEBHOOKS, members, tags
from api.edge import Edge
from api.gate import Gate, actor_of, bare_key
from api.metrics import Metrics
from api.refusals import InvalidParameter
from api.routes import HANDLERS
from api.services import Services
from api.strict import StrictBody, StrictRequest
from domain.actors import Actor
from domain.credentials import queries as credentials
from domain.lifecycle import Expected

VERSION = "0.1.0"
EXAMPLES = Path(__file__).parent.parent / "openapi" / "examples"


def create_app(services: Services) -> Edge:
    """The ASGI application over `services`, which the caller opened and closes."""
    litestar, metrics = create_litestar(services)

    async def confirm(actor: Actor) -> None:
        await credentials.confirm(services.db, actor)

    return Edge(litestar, metrics, services.settings, services.tracer, confirm)


def create_litestar(services: Services) -> tuple[Litestar, Metrics]:
    """The application without its edge: what the OpenAPI document is made from."""
    contract = Contract(examples=EXAMPLES if EXAMPLES.is_dir() else None, webhooks=WEBHOOKS, members=members())
    metrics = Metrics(CollectorRegistry(), services.settings.metrics_folder)

    async def call(request: Request[Any, Any, Any]) -> Call:
        headers = request.headers
        key = headers.get("idempotency-key")
        api: Api | None = request.route_handler.opt.get("api")
        streamed = request.route_handler.parsed_data_field is None and (api is None or api.request_body != JSON)
        body = b"" if streamed else await request.body()
        fingerprint = b""
        if key is not None:  # what nobody can repeat needs none
            target = f"{request.url.path}?{request.url.query}"
            fingerprint = services.sealer.fingerprint(request.method.encode(), target.encode(), body)
        return Call(
            request,
            services,
            actor_of(request.scope),
            key=None if key is None else bare_key(key),
            fingerprint=fingerprint,
            expected=_expected(headers.get("if-match")),
            none_match=headers.get("if-none-match"),
            dry_run="dry-run" in [part.strip() for part in headers.get("prefer", "").split(",")],
        )

    @asynccontextmanager
    async def lifespan(_: Litestar) -> AsyncIterator[None]:
        await services.clock.measure(services.db)
        yield

    litestar = Litestar(
        route_handlers=list(HANDLERS),
        plugins=[contract],
        openapi_config=ContractConfig(
            title="Jembatan",
            version=VERSION,
            contract=contract,
            description=DESCRIPTION,
            license=License(name="All rights reserved", identifier="LicenseRef-Jembatan"),
            tags=tags(),
        ),
        dependencies={
            "call": Provide(call),
            "contract": Provide(lambda: contract, sync_to_thread=False),
            "metrics": Provide(lambda: metrics, sync_to_thread=False),
        },
        exception_handlers={Exception: problems.answer},
        logging_config=None,  # `logs.py` decides what is said, and how
        middleware=[DefineMiddleware(Gate, services=services, contract=contract)],
        request_class=StrictRequest,
        dto=StrictBody,
        return_dto=None,
        lifespan=[lifespan],
        compression_config=CompressionConfig(
            backend="gzip", minimum_size=4096, gzip_compress_level=5, exclude_opt_key="no_compression"
        ),
        signature_namespace={"Call": Call},
        debug=False,
    )
    return litestar, metrics


DESCRIPTION = (
    "RFQ marketplace for metal components: buyers publish drawings, workshops submit sealed quotes, and each component "
    "is followed through award, order, delivery and inspection. Terms, states and errors are in the guides of the project."
)


def _expected(if_match: str | None) -> Expected:
    if if_match is None or if_match.strip() == "*":
        return None
    versions = set()
    for tag in if_match.split(","):
        bare = tag.strip()
        if len(bare) < 2 or bare[0] != '"' or bare[-1] != '"':  # noqa: PLR2004
            raise InvalidParameter('If-Match takes strong entity tags in quotes, such as "3".')
        # A tag that is none of ours matches nothing: stale, not malformed.
        inner = bare[1:-1]
        versions.add(int(inner) if inner.isdecimal() and len(inner) < 10 else -1)  # noqa: PLR2004
    return frozenset(versions)
