"""Where Litestar meets strict decoding: a DTO for the body, and a request that notices when there is none."""

from typing import Any, ClassVar, NamedTuple, NoReturn, cast

import msgspec
from litestar import Request
from litestar.dto import AbstractDTO
from litestar.enums import RequestEncodingType
from litestar.params import BodyKwarg
from litestar.typing import FieldDefinition

from api.refusals import UnsupportedMediaType
from api.strict.decode import MALFORMED, BodyRefused, decode, decode_form


class _Body(NamedTuple):
    """What one handler takes."""

    type: Any
    media_type: str
    is_required: bool
    decoder: msgspec.json.Decoder[Any]


class StrictBody(AbstractDTO[Any]):
    """The DTO for `Litestar(dto=...)`. It decodes requests and leaves answers alone."""

    _bodies: ClassVar[dict[str, _Body]] = {}

    @classmethod
    def body_of(cls, handler_id: str) -> _Body | None:
        """What the handler takes; None for a handler without `data`."""
        return cls._bodies.get(handler_id)

    @classmethod
    def create_for_field_definition(
        cls,
        field_definition: FieldDefinition,
        handler_id: str,
        backend_cls: Any = None,  # noqa: ARG003 - Litestar's signature
    ) -> None:
        """Prepare the decoder of one handler, when it is registered."""
        given = field_definition.kwarg_definition
        media_type = given.media_type if isinstance(given, BodyKwarg) else RequestEncodingType.JSON
        cls._bodies[handler_id] = _Body(
            type=field_definition.raw,
            media_type=str(getattr(media_type, "value", media_type)),
            is_required=field_definition.is_required,
            decoder=msgspec.json.Decoder(field_definition.raw, strict=True),
        )

    @classmethod
    def is_supported_model_type_field(cls, field_definition: FieldDefinition) -> bool:  # noqa: ARG003
        """Answers are none of our business."""
        return False

    @classmethod
    def create_openapi_schema(
        cls,
        field_definition: FieldDefinition,
        handler_id: str,  # noqa: ARG003 - Litestar's signature
        schema_creator: Any,
    ) -> Any:
        """Change nothing in the document, which is made by api/contract."""
        return schema_creator.for_field_definition(field_definition)

    @classmethod
    def generate_field_definitions(cls, model_type: Any) -> NoReturn:
        """Never called: there is no transfer model."""
        raise NotImplementedError

    @classmethod
    def detect_nested_field(cls, field_definition: FieldDefinition) -> bool:  # noqa: ARG003
        """Never called: there is no transfer model."""
        return False

    def decode_bytes(self, value: bytes) -> Any:
        """The body as the handler's type. Raises BodyRefused or UnsupportedMediaType."""
        body = self._body()
        return decode(value, body.type, body.decoder)

    def decode_builtins(self, value: dict[str, Any]) -> Any:
        """A form as the handler's type. Raises BodyRefused or UnsupportedMediaType."""
        return decode_form(value, self._body().type)

    def _body(self) -> _Body:
        body = self._bodies[self.asgi_connection.route_handler.handler_id]
        request = cast("Request[Any, Any, Any]", self.asgi_connection)
        sent, options = request.content_type
        charset = options.get("charset", "utf-8").lower()
        if sent.lower() != body.media_type or charset not in ("utf-8", "utf8"):
            message = f"Send the body as UTF-8 with `Content-Type: {body.media_type}`."
            raise UnsupportedMediaType(message)
        return body


class StrictRequest(Request[Any, Any, Any]):
    """A request whose missing body is refused: Litestar does not ask a DTO about that."""

    async def body(self) -> bytes:
        """The body. Raises BodyRefused when it is empty although the handler needs one."""
        content = await super().body()
        if not content:
            expected = StrictBody.body_of(self.route_handler.handler_id)
            if expected is not None and expected.is_required:
                message = f"The body is empty. This operation needs one, as {expected.media_type}."
                raise BodyRefused(message, status=MALFORMED)
        return content
