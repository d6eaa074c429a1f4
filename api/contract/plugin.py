"""The Litestar plugin: sees every route, keeps Litestar's own schemas out, writes the document when asked."""

import json
import typing
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any, Literal, NamedTuple

import msgspec
from litestar import Litestar, Router
from litestar.handlers import HTTPRouteHandler
from litestar.handlers.base import BaseRouteHandler
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.spec import OpenAPI, OpenAPIType, Schema
from litestar.plugins import OpenAPISchemaPlugin
from litestar.plugins.base import ReceiveRoutePlugin
from litestar.routes import BaseRoute, HTTPRoute
from litestar.typing import FieldDefinition

from api.contract.annotations import bare, without_none
from api.contract.links import write_links
from api.contract.operation import Operation, Shared
from api.contract.samples import samples
from api.contract.schemas import Schemas, close_requests, describe_members
from api.contract.shared import BEARER, OAUTH, SECURITY_SCHEMES
from api.contract.webhooks import Webhook, write_webhooks
from api.wire import Problem

_METHODS = ("get", "put", "post", "delete", "patch", "head")


class _Route(NamedTuple):
    handler: HTTPRouteHandler
    path_parameters: dict[str, type]


class _Query(NamedTuple):
    names: frozenset[str] = frozenset()
    repeatable: frozenset[str] = frozenset()
    wire_names: dict[str, str] = {}
    not_texts: frozenset[str] = frozenset()


class Contract(OpenAPISchemaPlugin, ReceiveRoutePlugin):
    """Give it to `Litestar(plugins=[contract])` and to `ContractConfig(contract=contract)`.

    `examples` is a folder of request bodies, `<handler name>.json`, of answers in `responses/` and of programs in
    `samples/`; without it (an installed package) the document has no examples.

    `members` says what members mean whose type does not: by name, or by `Component.name`.
    """

    def __init__(
        self,
        *,
        examples: Path | None = None,
        problem: type[msgspec.Struct] = Problem,
        webhooks: tuple[Webhook, ...] = (),
        members: Mapping[str, str] | None = None,
    ) -> None:
        self.examples = examples
        self.webhooks = webhooks
        self.members = members or {}
        self.problem = problem
        self._routes: dict[tuple[str, str], _Route] = {}
        self._queries: dict[str, _Query] = {}

    # What Litestar calls

    def is_plugin_supported_field(self, field_definition: FieldDefinition) -> bool:
        """Keep Litestar from describing our types: nothing of it would be used."""
        return not field_definition.is_union and field_definition.is_subclass_of((msgspec.Struct, Enum))

    def to_openapi_schema(self, field_definition: FieldDefinition, schema_creator: Any) -> Schema:  # noqa: ARG002
        """Stand in for the schema that msgspec will write."""
        return Schema(type=OpenAPIType.OBJECT)

    def receive_route(self, route: BaseRoute) -> None:
        """Note each handler, and which query parameters it takes."""
        if not isinstance(route, HTTPRoute):
            return
        path_parameters = {name: definition.type for name, definition in route.path_parameters.items()}
        for method, (handler, kwargs) in route.route_handler_map.items():
            self._routes[route.path_format, str(method).lower()] = _Route(handler, path_parameters)
            found = kwargs.expected_query_params
            self._queries[handler.handler_id] = _Query(
                frozenset(parameter.field_alias for parameter in found),
                frozenset(parameter.field_alias for parameter in found if parameter.is_sequence),
                {parameter.field_name: parameter.field_alias for parameter in found},
                frozenset(parameter.field_alias for parameter in found if _is_no_text(handler, parameter.field_name)),
            )

    # What the app asks

    def query_parameters(self, handler: BaseRouteHandler) -> frozenset[str]:
        """The names that may appear in the query of a request to `handler`; any other is a 400."""
        return self._queries.get(handler.handler_id, _Query()).names

    def repeatable_parameters(self, handler: BaseRouteHandler) -> frozenset[str]:
        """Those of `query_parameters` that may appear more than once."""
        return self._queries.get(handler.handler_id, _Query()).repeatable

    def is_not_text(self, handler: BaseRouteHandler, name: str) -> bool:
        """Whether a query parameter is a number, a truth or one of some words, for which `null` is no value."""
        return name in self._queries.get(handler.handler_id, _Query()).not_texts

    def query_name(self, handler: BaseRouteHandler, argument: str) -> str:
        """The query parameter behind a handler's argument, which is what Litestar's errors call `key`."""
        return self._queries.get(handler.handler_id, _Query()).wire_names.get(argument, argument)

    # The document

    def write(self, head: dict[str, Any]) -> dict[str, Any]:
        """The document; `head` has `info` and whatever else the configuration says. Raises TypeError."""
        schemas, shared = Schemas(), Shared(self.problem.__name__)
        programs = samples(self.examples / "samples") if self.examples else {}
        paths: dict[str, dict[str, Any]] = {}
        for path, method in sorted(self._routes, key=lambda key: (key[0], _order(key[1]))):
            route = self._routes[path, method]
            if route.handler.resolve_include_in_schema():
                operation = Operation(
                    route.handler,
                    method=method,
                    path_parameters=route.path_parameters,
                    schemas=schemas,
                    shared=shared,
                    examples=self.examples,
                    samples=programs.get(route.handler.handler_name, ()),
                )
                paths.setdefault(path, {})[method] = operation.write()
        schemas.of(self.problem)
        webhooks = write_webhooks(self.webhooks, schemas)
        document = {
            "openapi": "3.1.0",
            **head,
            "tags": _tags(head.get("tags", []), {**paths, **webhooks}),
            "security": [{BEARER: []}, {OAUTH: []}],
            "paths": paths,
            **({"webhooks": webhooks} if webhooks else {}),
            "components": {
                "schemas": dict(sorted(schemas.components.items())),
                **{kind: parts for kind, parts in shared.components().items() if parts},
                "securitySchemes": SECURITY_SCHEMES,
            },
        }
        close_requests(document)
        describe_members(schemas.components, self.members)
        write_links(document)
        return document


@dataclass(eq=False, kw_only=True)
class _Document(OpenAPI):
    contract: Contract

    def to_schema(self) -> dict[str, Any]:
        head = {
            "info": self.info.to_schema(),
            "servers": [server.to_schema() for server in self.servers or []],
            "tags": [tag.to_schema() for tag in self.tags or []],
            "externalDocs": self.external_docs.to_schema() if self.external_docs else None,
        }
        return self.contract.write({key: value for key, value in head.items() if value})


class _Nowhere(Router):
    """Litestar insists on a router for its own pages; this one stays empty (see api/docs.py)."""

    def register(self, value: Any) -> list[BaseRoute]:  # noqa: ARG002
        return []


@dataclass(eq=False, kw_only=True)
class ContractConfig(OpenAPIConfig):
    """Litestar's configuration of the document's head (title, version, servers, tags), for a Contract."""

    contract: Contract
    openapi_router: Router | None = field(default_factory=lambda: _Nowhere("/schema", route_handlers=[]))

    def to_openapi_schema(self) -> OpenAPI:
        """The document, still without operations."""
        base = super().to_openapi_schema()
        return _Document(
            info=base.info,
            servers=base.servers,
            tags=base.tags,
            external_docs=base.external_docs,
            paths={},
            components=base.components,
            contract=self.contract,
        )


def document(app: Litestar) -> dict[str, Any]:
    """The OpenAPI document of `app`. Raises TypeError for a handler that it cannot describe truly."""
    return app.openapi_schema.to_schema()


def render(document: dict[str, Any]) -> bytes:
    """`document` as it is stored and served. The same document gives the same bytes."""
    return (json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n").encode()


def _is_no_text(handler: HTTPRouteHandler, name: str) -> bool:
    field = handler.parsed_fn_signature.parameters.get(name)
    if field is None:
        return False
    type_ = without_none(bare(field.raw))
    return (
        type_ in {int, bool}
        or typing.get_origin(type_) is Literal
        or (isinstance(type_, type) and issubclass(type_, Enum))
    )


def _order(method: str) -> int:
    return _METHODS.index(method) if method in _METHODS else len(_METHODS)


def _tags(described: list[dict[str, Any]], paths: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """The configured tags that are used, then those that are only used."""
    known = {tag["name"] for tag in described}
    used = {tag for item in paths.values() for operation in item.values() for tag in operation["tags"]}
    kept = [tag for tag in described if tag["name"] in used]
    return [*kept, *({"name": name} for name in sorted(used - known))]
