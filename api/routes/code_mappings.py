"""What a buyer's own system calls our codes."""

from typing import Annotated, Self

from litestar import Response, get, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta

from api.call import Call, View, etag_of
from api.contract import Api
from api.wire import ETag, In, Out, Text40, Text80, Timestamp, utc
from domain.code_mappings import commands, model, queries
from domain.ids import read

TAGS = ["CodeMappings"]


class CodeMappingIn(In, kw_only=True):
    """In `system`, `external` means our `code`; capitals count."""

    system: Annotated[Text40, Meta(description="Where the code comes from.", examples=["SAP"])]
    kind: model.MappedKind
    external: Annotated[Text80, Meta(description="As the system writes it.", examples=["PC"])]
    code: Annotated[Text80, Meta(description="Code of our vocabulary of that kind.", examples=["H87"])]


class CodeMappingsWrite(In):
    """All mappings; what was there before and is not among them is forgotten."""

    mappings: Annotated[list[CodeMappingIn], Meta(max_length=model.MAX_MAPPINGS)]

    def model(self) -> list[model.CodeMapping]:
        """As the domain takes it."""
        return [
            model.CodeMapping(system=item.system, kind=item.kind, external=item.external, code=item.code)
            for item in self.mappings
        ]


class CodeMapping(Out):
    """In `system`, `external` means our `code`."""

    system: Text40
    kind: model.MappedKind
    external: Text80
    code: Text80


class CodeMappings(Out):
    """All mappings of one organisation. Before the first were written there are none, at the entity tag `"0"`."""

    etag: ETag
    mappings: Annotated[list[CodeMapping], Meta(max_length=model.MAX_MAPPINGS)]
    updated_at: Timestamp | None

    @classmethod
    def of(cls, found: model.CodeMappings | None, _: View) -> Self:
        """As their owner sees them."""
        if found is None:
            return cls(etag=etag_of(0), mappings=[], updated_at=None)
        return cls(
            etag=etag_of(found.version),
            mappings=[
                CodeMapping(system=item.system, kind=item.kind, external=item.external, code=item.code)
                for item in found.mappings
            ],
            updated_at=utc(found.updated_at),
        )


@get(
    "/v1/organisations/{organisation_id:str}/code-mappings",
    tags=TAGS,
    opt={"api": Api(scopes=("organisations:read",), etag=True)},
)
async def get_code_mappings(call: NamedDependency[Call], organisation_id: FromPath[str]) -> Response[CodeMappings]:
    """Read what one's own system calls our codes.

    One's own only.
    """
    return await call.read(queries.get(call.db, call.actor, read("organisation", organisation_id)), CodeMappings.of)


@put(
    "/v1/organisations/{organisation_id:str}/code-mappings",
    tags=TAGS,
    opt={
        "api": Api(scopes=("organisations:write",), if_match="optional", etag=True, errors=(428,), codes=("invalid",))
    },
)
async def put_code_mappings(
    call: NamedDependency[Call], organisation_id: FromPath[str], data: JSONBody[CodeMappingsWrite]
) -> Response[CodeMappings]:
    """Say anew what one's own system calls our codes.

    Lines of RFQs may use the external codes from then on, in bodies and in imports; they are stored, and answered, in
    ours. A code that our vocabulary has keeps its meaning: it cannot be mapped. One external code of a kind has one meaning
    over all systems. The first time needs no `If-Match`, and the same mappings again change nothing.
    """
    key = read("organisation", organisation_id)
    return await call.change(
        lambda db: commands.put(db, call.actor, key, data.model(), expected=call.expected), CodeMappings.of
    )


HANDLERS = [get_code_mappings, put_code_mappings]
