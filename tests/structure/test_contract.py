"""The document is true and even: each rule of api/contract, on a small application that needs all of them."""

import copy
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from litestar import Litestar, MediaType, Response, delete, get, patch, post, put
from litestar.di import NamedDependency, Provide
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath, JSONBody, PathParameter, QueryParameter, URLEncodedBody
from litestar.response import Stream
from litestar.routes import HTTPRoute
from msgspec import UNSET, Meta, UnsetType
from openapi_spec_validator import OpenAPIV31SpecValidator

from api.contract import Api, Contract, ContractConfig, document, faults, render
from api.wire import Currency3, Day, DecimalText, ETag, Id, In, Int64, OpenEnum, Out, Page, Positive, Text80

Json = dict[str, Any]


class WidgetState(OpenEnum):
    """Where a widget is; the order tells the way."""

    READY = "ready"
    DRAFT = "draft"
    ARCHIVED = "archived"


class TurningSpec(In, tag_field="kind", tag="turning"):
    """A turned part."""

    diameter: DecimalText


class CastingSpec(In, tag_field="kind", tag="casting"):
    """A cast part."""

    alloy: Text80


WidgetSpec = Annotated[TurningSpec | CastingSpec, Meta(title="WidgetSpec", description="How it is made.")]


class WidgetCreate(In):
    """A new widget.

    Its lines say how.
    """

    name: Text80
    specs: Annotated[list[WidgetSpec], Meta(max_length=20)]
    count: Positive
    price: DecimalText
    spare: WidgetSpec | None = None
    finish: Literal["raw", "fine", "mirror"] | None = None
    default: Currency3 = "IDR"
    enum: Annotated[dict[Annotated[str, Meta(max_length=10)], Text80], Meta(max_length=5)] = {}


class WidgetPatch(In):
    """Absent keeps, null clears."""

    note: Text80 | None | UnsetType = UNSET
    name: Text80 | UnsetType = UNSET


class Widget(Out):
    """A widget."""

    id: Id
    etag: ETag
    state: WidgetState
    was: WidgetState | None
    note: Text80 | None
    due: Day | None
    version: Int64
    spec: WidgetSpec


class WidgetPage(Page[Widget]):
    """Widgets, page by page."""


class TokenRequest(In):
    """Client credentials."""

    grant_type: Literal["client_credentials"]


class Token(Out):
    """A short-lived token."""

    access_token: Text80


async def only(
    owner: Annotated[str | None, QueryParameter(max_length=40, description="Whose.")] = None,
) -> str:
    """Provide a dependency that has a query parameter of its own."""
    return owner or ""


@post(
    "/v1/widgets",
    tags=["Widgets"],
    opt={"api": Api(scopes=("widgets:write",), idempotent=True, location=True, etag=True)},
)
async def create_widget(data: JSONBody[WidgetCreate]) -> Response[Widget]:
    """Create a widget.

    It starts as a draft.
    """
    raise NotImplementedError


@get(
    "/v1/widgets",
    tags=["Widgets"],
    dependencies={"only": Provide(only)},
    opt={"api": Api(scopes=("widgets:read",))},
)
async def list_widgets(
    only: NamedDependency[str],
    limit: Annotated[int, QueryParameter(ge=1, le=100, description="How many.")] = 50,
    after: Annotated[str | None, QueryParameter(max_length=600, description="The cursor.")] = None,
    states: Annotated[
        list[WidgetState] | None, QueryParameter(name="state", max_items=3, description="In these.")
    ] = None,
    word: Annotated[
        list[Annotated[str, Meta(max_length=9)]] | None, QueryParameter(max_items=2, description="Words.")
    ] = None,
) -> Response[WidgetPage]:
    """List widgets.

    Newest first.
    """
    raise NotImplementedError


@get("/v1/widgets/{widget_id:str}", tags=["Widgets"], opt={"api": Api(etag=True)})
async def get_widget(widget_id: FromPath[str]) -> Response[Widget] | Response[None]:
    """Get a widget.

    As it is now.
    """
    raise NotImplementedError


@patch("/v1/widgets/{widget_id:str}", tags=["Widgets"], opt={"api": Api(etag=True, if_match="required")})
async def update_widget(widget_id: FromPath[Id], data: JSONBody[WidgetPatch]) -> Widget:
    """Change a widget.

    Only what is sent.
    """
    raise NotImplementedError


@delete("/v1/widgets/{widget_id:str}", tags=["Widgets"], opt={"api": Api(if_match="required")})
async def delete_widget(widget_id: FromPath[str]) -> None:
    """Delete a widget.

    For ever.
    """


@post(
    "/v1/widgets/{widget_id:str}/publish",
    status_code=200,
    tags=["Widgets"],
    opt={"api": Api(transition=True, etag=True, codes=("wrong_state",))},
)
async def publish_widget(widget_id: FromPath[str], data: JSONBody[WidgetPatch | None] = None) -> Response[Widget]:
    """Publish a widget.

    Everybody sees it then.
    """
    raise NotImplementedError


@put(
    "/v1/widgets/by-name/{name:str}",
    tags=["Widgets"],
    opt={"api": Api(also=(201,), location=True, errors=(410,))},
)
async def put_widget(
    name: Annotated[Text80, PathParameter(description="What you call it.")], data: JSONBody[WidgetSpec]
) -> Response[Widget]:
    """Put a widget.

    Creates or changes it.
    """
    raise NotImplementedError


@post("/v1/files", tags=["Files"], opt={"api": Api(request_body=("application/octet-stream", "text/csv"))})
async def upload_file() -> Response[Widget]:
    """Upload a file.

    As a stream.
    """
    raise NotImplementedError


@get(
    "/v1/files/{file_id:str}/content",
    tags=["Files"],
    opt={"api": Api(etag=True, ranges=True, response_media="*/*")},
)
async def download_file(file_id: FromPath[str]) -> Stream:
    """Download a file.

    Or a part of it.
    """
    raise NotImplementedError


@get(
    "/v1/widgets/{widget_id:str}/table",
    tags=["Widgets"],
    opt={"api": Api(response_media=("application/json", "text/csv"), response_schema=WidgetPage)},
)
async def get_table(widget_id: FromPath[str]) -> Response[bytes]:
    """Get a table.

    As JSON or CSV.
    """
    raise NotImplementedError


@post("/v1/oauth/token", status_code=200, tags=["Tokens"], opt={"api": Api(public=True)})
async def issue_token(data: URLEncodedBody[TokenRequest]) -> Response[Token]:
    """Issue a token.

    It lives for minutes.
    """
    raise NotImplementedError


@get("/hidden", include_in_schema=False)
async def get_hidden() -> None:
    """Stay out of the document."""


HANDLERS: tuple[HTTPRouteHandler, ...] = (
    create_widget,
    list_widgets,
    get_widget,
    update_widget,
    delete_widget,
    publish_widget,
    put_widget,
    upload_file,
    download_file,
    get_table,
    issue_token,
    get_hidden,
)


def application(*handlers: HTTPRouteHandler, examples: Path | None = None) -> tuple[Litestar, Contract]:
    contract = Contract(examples=examples)
    config = ContractConfig(title="Toy", version="1", contract=contract)
    return Litestar(list(handlers), plugins=[contract], openapi_config=config), contract


def refusal(handler: HTTPRouteHandler) -> str:
    with pytest.raises(TypeError) as raised:
        document(application(handler)[0])
    return str(raised.value)


@pytest.fixture(scope="module")
def toy() -> Json:
    return document(application(*HANDLERS)[0])


def operation(toy: Json, operation_id: str) -> Json:
    found = [op for item in toy["paths"].values() for op in item.values() if op["operationId"] == operation_id]
    assert len(found) == 1
    return dict(found[0])


def parameter(toy: Json, operation_id: str, name: str) -> Json:
    for item in operation(toy, operation_id)["parameters"]:
        part = toy["components"]["parameters"][item["$ref"].rsplit("/", 1)[1]] if "$ref" in item else item
        if part["name"] == name:
            return dict(part)
    raise AssertionError(name)


def schema(toy: Json, name: str) -> Json:
    return dict(toy["components"]["schemas"][name])


def problems(toy: Json, operation_id: str) -> set[int]:
    return {int(status) for status in operation(toy, operation_id)["responses"] if status[0] in "45"}


def test_the_document_is_valid_and_has_no_faults(toy: Json) -> None:
    assert [error.message for error in OpenAPIV31SpecValidator(toy).iter_errors()] == []
    assert faults(toy) == []


def test_the_same_application_gives_the_same_bytes() -> None:
    first, second = (render(document(application(*handlers)[0])) for handlers in (HANDLERS, HANDLERS[::-1]))
    assert first == second
    assert first.endswith(b"}\n")
    assert "jbt_…".encode() in first


def test_nothing_of_the_framework_is_served_or_described() -> None:
    app, _ = application(get_hidden)
    assert [route.path for route in app.routes] == ["/hidden"]
    assert document(app)["paths"] == {}


def test_names_come_from_the_handler_and_its_docstring(toy: Json) -> None:
    created = operation(toy, "createWidget")
    assert created["tags"] == ["Widgets"]
    assert created["summary"] == "Create a widget"
    assert created["description"] == "It starts as a draft.\n\nNeeds the scope `widgets:write`."
    assert "`wrong_state`" in operation(toy, "publishWidget")["description"]


def test_problems_follow_by_rule(toy: Json) -> None:
    always = {400, 406, 429, 500, 503}
    private = always | {401, 403}
    body = {408, 413, 415, 422}
    assert problems(toy, "listWidgets") == private
    assert problems(toy, "getWidget") == private | {404}
    assert problems(toy, "createWidget") == private | body | {409}
    assert problems(toy, "updateWidget") == private | body | {404, 412, 428}
    assert problems(toy, "deleteWidget") == private | {404, 412, 428}
    assert problems(toy, "publishWidget") == private | body | {404, 409, 412}
    assert problems(toy, "putWidget") == private | body | {404, 410}
    assert problems(toy, "downloadFile") == private | {404, 416}
    assert problems(toy, "issueToken") == always | body
    not_found = toy["components"]["responses"]["NotFound"]
    problem = {"schema": {"$ref": "#/components/schemas/Problem"}}
    assert not_found["content"] == {"application/problem+json": problem}
    assert schema(toy, "Problem")["required"] == [
        *(
            "type",
            "title",
            "status",
            "detail",
            "instance",
            "code",
            "request_id",
            "errors",
            "state",
            "allowed_actions",
        )
    ]


def test_security_follows_from_scopes_and_public(toy: Json) -> None:
    assert toy["security"] == [{"apiKey": []}, {"oauth2": []}]
    assert operation(toy, "createWidget")["security"] == [
        {"apiKey": ["widgets:write"]},
        {"oauth2": ["widgets:write"]},
    ]
    assert operation(toy, "getWidget")["security"] == [{"apiKey": []}, {"oauth2": []}]
    assert operation(toy, "issueToken")["security"] == []
    assert list(toy["components"]["securitySchemes"]) == ["apiKey", "oauth2"]


def test_header_parameters_are_written_by_rule_and_shared(toy: Json) -> None:
    assert operation(toy, "createWidget")["parameters"] == [{"$ref": "#/components/parameters/IdempotencyKey"}]
    assert parameter(toy, "createWidget", "Idempotency-Key")["required"] is True
    assert parameter(toy, "updateWidget", "If-Match")["required"] is True
    assert parameter(toy, "publishWidget", "If-Match")["required"] is False
    assert parameter(toy, "publishWidget", "Prefer")["required"] is False
    assert parameter(toy, "publishWidget", "Idempotency-Key")["required"] is True
    assert parameter(toy, "getWidget", "If-None-Match")["required"] is False
    assert parameter(toy, "downloadFile", "Range")["required"] is False


def test_query_parameters_keep_their_limits_and_lose_their_null(toy: Json) -> None:
    shown = {item["name"]: item for item in operation(toy, "listWidgets")["parameters"]}
    assert list(shown) == ["owner", "limit", "after", "state", "word"]
    limit = {"type": "integer", "minimum": 1, "maximum": 100, "format": "int64", "default": 50}
    described = {"name": "limit", "in": "query", "required": False, "description": "How many."}
    assert shown["limit"] == {**described, "schema": limit}
    assert shown["after"]["schema"] == {"type": "string", "maxLength": 600}
    states = {"type": "array", "items": {"$ref": "#/components/schemas/WidgetState"}, "maxItems": 3}
    assert shown["state"]["schema"] == states
    assert shown["word"]["schema"]["items"] == {"type": "string", "maxLength": 9}


def test_path_parameters_are_bounded_strings_with_a_description(toy: Json) -> None:
    found = parameter(toy, "getWidget", "widget_id")
    assert (found["schema"], found["description"]) == (
        {"type": "string", "maxLength": 40},
        "Id of the widget.",
    )
    assert parameter(toy, "putWidget", "name")["schema"] == {
        "type": "string",
        "minLength": 1,
        "maxLength": 80,
    }
    assert "format" not in parameter(toy, "updateWidget", "widget_id")["schema"]


def test_success_has_the_status_the_headers_and_the_named_body(toy: Json) -> None:
    created = operation(toy, "createWidget")["responses"]["201"]
    limits = ["RateLimit", "RateLimit-Policy"]
    assert list(created["headers"]) == ["ETag", "Idempotent-Replayed", "Location", *limits]
    assert created["content"] == {"application/json": {"schema": {"$ref": "#/components/schemas/Widget"}}}
    assert "content" not in operation(toy, "deleteWidget")["responses"]["204"]
    assert "content" not in operation(toy, "getWidget")["responses"]["304"]
    assert "304" not in operation(toy, "updateWidget")["responses"]
    assert "Link" in operation(toy, "listWidgets")["responses"]["200"]["headers"]
    put_ = operation(toy, "putWidget")["responses"]
    assert (list(put_["200"]["headers"]), list(put_["201"]["headers"])) == (limits, ["Location", *limits])
    assert put_["200"]["content"] == put_["201"]["content"]


def test_streams_and_other_media_are_described(toy: Json) -> None:
    upload = operation(toy, "uploadFile")["requestBody"]
    assert upload["required"] is True
    assert upload["content"] == {
        "application/octet-stream": {"schema": {"type": "string", "format": "binary"}},
        "text/csv": {"schema": {"type": "string"}},
    }
    download = operation(toy, "downloadFile")["responses"]
    assert download["200"]["content"] == {"*/*": {"schema": {"type": "string", "format": "binary"}}}
    assert "Content-Range" in download["206"]["headers"]
    table = operation(toy, "getTable")["responses"]["200"]["content"]
    assert table["application/json"] == {"schema": {"$ref": "#/components/schemas/WidgetPage"}}
    assert list(operation(toy, "issueToken")["requestBody"]["content"]) == ["application/x-www-form-urlencoded"]


def test_an_optional_body_is_not_required_and_never_null(toy: Json) -> None:
    body = operation(toy, "publishWidget")["requestBody"]
    assert body["required"] is False
    assert body["content"]["application/json"]["schema"] == {"$ref": "#/components/schemas/WidgetPatch"}


def test_enumerations_keep_the_order_of_their_declaration(toy: Json) -> None:
    assert schema(toy, "WidgetState")["enum"] == ["ready", "draft", "archived"]
    assert schema(toy, "WidgetState")["type"] == "string"
    finish = schema(toy, "WidgetCreate")["properties"]["finish"]
    assert finish == {"type": ["string", "null"], "enum": ["raw", "fine", "mirror", None]}


def test_a_tagged_union_is_one_component_with_a_discriminator(toy: Json) -> None:
    union = schema(toy, "WidgetSpec")
    assert union["oneOf"] == [{"$ref": f"#/components/schemas/{name}Spec"} for name in ("Turning", "Casting")]
    assert union["discriminator"]["propertyName"] == "kind"
    assert schema(toy, "TurningSpec")["properties"]["kind"] == {"type": "string", "const": "turning"}
    created = schema(toy, "WidgetCreate")["properties"]
    assert created["specs"]["items"] == {"$ref": "#/components/schemas/WidgetSpec"}
    assert created["spare"]["anyOf"] == [{"$ref": "#/components/schemas/WidgetSpec"}, {"type": "null"}]
    body = operation(toy, "putWidget")["requestBody"]["content"]["application/json"]
    assert body["schema"] == {"$ref": "#/components/schemas/WidgetSpec"}


def test_null_is_one_of_the_types_and_absence_is_not_null(toy: Json) -> None:
    assert schema(toy, "Widget")["properties"]["note"]["type"] == ["string", "null"]
    patched = schema(toy, "WidgetPatch")["properties"]
    assert patched["note"] == {"type": ["string", "null"], "minLength": 1, "maxLength": 80}
    assert patched["name"] == {"type": "string", "minLength": 1, "maxLength": 80}
    assert "required" not in schema(toy, "WidgetPatch")


def test_only_what_clients_send_refuses_unknown_members(toy: Json) -> None:
    assert schema(toy, "WidgetCreate")["additionalProperties"] is False
    assert "additionalProperties" not in schema(toy, "Widget")
    # Reached by an answer, through the union: a client must tolerate what a later server adds.
    assert "additionalProperties" not in schema(toy, "TurningSpec")


def test_decimals_are_strings_with_a_pattern_that_every_language_reads_alike(toy: Json) -> None:
    price = schema(toy, "WidgetCreate")["properties"]["price"]
    assert (price["type"], price["maxLength"]) == ("string", 22)
    assert price["pattern"] == r"^-?(0|[1-9][0-9]{0,13})(\.[0-9]{1,6})?$"


def test_a_property_may_be_called_like_a_keyword(toy: Json) -> None:
    members = schema(toy, "WidgetCreate")["properties"]
    assert members["default"]["default"] == "IDR"
    assert members["enum"]["additionalProperties"] == {"type": "string", "minLength": 1, "maxLength": 80}
    assert schema(toy, "WidgetCreate")["description"] == "A new widget.\n\nIts lines say how."


def test_the_app_can_ask_which_query_parameters_a_handler_takes() -> None:
    app, contract = application(*HANDLERS)
    routes = {route.path: route for route in app.routes if isinstance(route, HTTPRoute)}
    handler, _ = routes["/v1/widgets"].route_handler_map["GET"]
    assert contract.query_parameters(handler) == {"limit", "after", "state", "word", "owner"}
    assert contract.repeatable_parameters(handler) == {"state", "word"}
    assert contract.query_name(handler, "states") == "state"
    assert contract.query_name(handler, "limit") == "limit"
    assert contract.query_parameters(get_hidden) == frozenset()


def test_examples_come_from_files_that_we_would_accept(tmp_path: Path) -> None:
    example = {"grant_type": "client_credentials"}
    (tmp_path / "issue_token.json").write_text(json.dumps(example))
    described = operation(document(application(issue_token, examples=tmp_path)[0]), "issueToken")
    assert described["requestBody"]["content"]["application/x-www-form-urlencoded"]["example"] == example
    (tmp_path / "issue_token.json").write_text(json.dumps({"grant_type": "password"}))
    with pytest.raises(TypeError, match=r"issue_token\.json"):
        document(application(issue_token, examples=tmp_path)[0])


def test_a_bare_generic_is_refused() -> None:
    @get("/")
    async def list_things() -> Page[Widget]:
        """List."""
        raise NotImplementedError

    assert "class RfqPage(Page[Rfq])" in refusal(list_things)


def test_a_union_without_a_name_is_refused() -> None:
    @post("/")
    async def create_thing(data: JSONBody[TurningSpec | CastingSpec]) -> None:
        """Create."""

    assert "needs a name" in refusal(create_thing)


def test_two_components_with_one_name_are_refused() -> None:
    other = type("Widget", (Out,), {"__annotations__": {"id": Id}})

    @get("/")
    async def get_thing() -> other:  # type: ignore[valid-type]
        """Get."""
        raise NotImplementedError

    contract = Contract()
    app = Litestar(
        [get_widget, get_thing],
        plugins=[contract],
        openapi_config=ContractConfig(title="Toy", version="1", contract=contract),
    )
    with pytest.raises(TypeError, match="two components are called Widget"):
        document(app)


def test_an_answer_that_says_nothing_is_refused() -> None:
    @get("/", media_type=MediaType.TEXT)
    async def get_thing() -> Response[Any]:
        """Get."""
        raise NotImplementedError

    assert "response_media" in refusal(get_thing)


def test_limits_that_litestar_ignores_are_refused() -> None:
    @get("/")
    async def get_thing(code: Annotated[Currency3 | None, QueryParameter()] = None) -> Widget:
        """Get."""
        raise NotImplementedError

    @get("/")
    async def get_other(since: Annotated[datetime | None, QueryParameter()] = None) -> Widget:
        """Get."""
        raise NotImplementedError

    assert "ignores msgspec.Meta" in refusal(get_thing)
    assert "without a zone" in refusal(get_other)


def test_an_annotation_that_contradicts_itself_is_refused() -> None:
    with pytest.raises(TypeError, match="not both"):
        Api(public=True, scopes=("widgets:read",))
    with pytest.raises(TypeError, match="no answer is defined"):
        Api(errors=(418,))


def test_a_transition_implies_a_key_and_an_optional_precondition() -> None:
    assert (Api(transition=True).idempotent, Api(transition=True).if_match) == (True, "optional")
    assert Api(transition=True, if_match="required").if_match == "required"


def _drop(*path: str) -> Callable[[Json], object]:
    def spoil(toy: Json) -> None:
        node: Any = toy
        for step in path[:-1]:
            node = node[step]
        del node[path[-1]]

    return spoil


def _set(value: Any, *path: str) -> Callable[[Json], object]:
    def spoil(toy: Json) -> None:
        node: Any = toy
        for step in path[:-1]:
            node = node[step]
        node[path[-1]] = value

    return spoil


_WIDGET = ("components", "schemas", "Widget", "properties")
_CREATE = ("components", "schemas", "WidgetCreate", "properties")
_LIST = ("paths", "/v1/widgets", "get")
SPOILT: list[tuple[Callable[[Json], object], str]] = [
    (_drop(*_WIDGET, "note", "maxLength"), "component Widget.note: a string without maxLength"),
    (_drop(*_WIDGET, "version", "format"), "component Widget.version: an integer without format"),
    (_drop(*_CREATE, "specs", "maxItems"), "component WidgetCreate.specs: an array without maxItems"),
    (_drop(*_CREATE, "enum", "maxProperties"), "component WidgetCreate.enum: a map without maxProperties"),
    (_drop(*_CREATE, "count", "maximum"), "component WidgetCreate.count: an integer that a client sends"),
    (_set({"type": "object", "properties": {}}, *_WIDGET, "note"), "component Widget.note: an inline object"),
    (_set({}, "components", "schemas", "bad_name"), "component bad_name is not in PascalCase"),
    (_set("Upper", *_LIST, "operationId"), "operationId Upper is not in lowerCamelCase"),
    (_set("getWidget", *_LIST, "operationId"), "operationId getWidget is used 2 times"),
    (_set(["Widgets", "Lists"], *_LIST, "tags"), "needs exactly one tag"),
    (_set("", *_LIST, "summary"), "the docstring's first paragraph"),
    (_drop(*_LIST, "description"), "the docstring needs a second paragraph"),
    (_set(1, *_LIST, "x-noise"), "x-noise is noise"),
    (_set([], *_LIST, "parameters"), "a list takes `limit` and `after`"),
    (_set({"description": "No."}, *_LIST, "responses", "500"), "500 is not a Problem"),
    (
        _set({"application/json": {}}, "components", "responses", "NotFound", "content"),
        "404 is not a Problem from components/responses",
    ),
    (
        _set({"type": "object"}, *_LIST, "responses", "200", "content", "application/json", "schema"),
        "the answer 200 is an inline schema",
    ),
    (_drop("components", "schemas", "WidgetPage"), "#/components/schemas/WidgetPage leads nowhere"),
    (
        _drop("components", "headers", "RetryAfter", "schema", "format"),
        "headers RetryAfter: an integer without",
    ),
    (_drop("components", "parameters", "Prefer", "description"), "parameter Prefer has no description"),
    (
        _drop("components", "parameters", "Prefer", "schema", "maxLength"),
        "parameters Prefer: a string without",
    ),
]


@pytest.mark.parametrize(("spoil", "fault"), SPOILT, ids=[fault for _, fault in SPOILT])
def test_each_fault_is_found(toy: Json, spoil: Callable[[Json], object], fault: str) -> None:
    spoilt = copy.deepcopy(toy)
    spoil(spoilt)
    assert any(fault in found for found in faults(spoilt)), faults(spoilt)
