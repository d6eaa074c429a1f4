"""Lines of a draft from a CSV or a workbook."""

import asyncio
import hashlib
import tempfile
from typing import IO, Annotated, Any, Self

from litestar import Request, Response, post
from litestar.di import NamedDependency
from litestar.exceptions import HTTPException
from litestar.params import FromPath, QueryParameter
from msgspec import Meta

from api.call import Call, etag_of
from api.contract import Api
from api.line_import.reading import CellFault, DecimalSign, Lines, drafts, read_lines
from api.line_import.table import CSV, MAX_BYTES, XLSX, letters, read_table
from api.wire import ETag, Id, Out, Text200
from domain.database import Database
from domain.errors import Fault, FileRefused, ImportRefused, TooLarge
from domain.ids import read, show
from domain.rfqs import importing, model

_parsing = asyncio.Semaphore(1)
"""Reading a workbook costs processor time that the sender chooses: one at a time in each process."""
Place = Annotated[int, Meta(ge=1, le=1_048_576, extra_json_schema={"format": "int64"})]
Number = Annotated[int, Meta(ge=0, le=500, extra_json_schema={"format": "int64"})]


class LineImportFault(Out):
    """One cell that has to be corrected."""

    sheet: Text200
    row: Place
    column: Annotated[str, Meta(max_length=3, description="Its letters.", examples=["C"])]
    cell: Annotated[str, Meta(max_length=10, description="Its address.", examples=["C5"])]
    heading: Annotated[str, Meta(max_length=200, description="What stands above it.")]
    value: Annotated[str, Meta(max_length=60, description="What it holds, shortened; null: it is empty.")] | None
    detail: Annotated[str, Meta(max_length=1000, description="What to do.")]

    @classmethod
    def of(cls, sheet: str, fault: CellFault) -> Self:
        """At its sheet."""
        return cls(
            sheet=sheet[:200],
            row=fault.row,
            column=letters(fault.column),
            cell=fault.cell,
            heading=fault.heading,
            value=fault.value,
            detail=fault.detail[:1000],
        )


class LineImport(Out):
    """What an import did; or, as a dry run, would do. Every faulty cell is in `faults`, in the order of reading."""

    rfq_id: Id
    etag: Annotated[ETag, Meta(description="The RFQ's, after the import; of a dry run the one it would have.")]
    sheet: Text200
    rows: Annotated[Number, Meta(description="Rows of the sheet that hold a line.")]
    lines: Annotated[Number, Meta(description="Lines of the RFQ afterwards.")]
    faults: Annotated[list[LineImportFault], Meta(max_length=50_000)]


@post(
    "/v1/rfqs/{rfq_id:str}/lines/import",
    status_code=200,
    tags=["Rfqs"],
    request_max_body_size=None,  # counted as it comes
    opt={
        "api": Api(
            scopes=("rfqs:write",),
            transition=True,
            if_match="required",
            expensive=True,
            etag=True,
            request_body=(CSV, XLSX),
            codes=("file_refused", "import_refused", "invalid", "too_large", "wrong_state"),
        )
    },
)
async def import_lines(
    call: NamedDependency[Call],
    request: Request[Any, Any, Any],
    rfq_id: FromPath[str],
    mode: Annotated[
        importing.ImportMode,
        QueryParameter(description="Whether the lines replace those of the draft, or come behind."),
    ] = "replace",
    sheet: Annotated[
        str | None, QueryParameter(max_length=200, description="Sheet of the workbook; absent: the first visible one.")
    ] = None,
    decimal: Annotated[
        DecimalSign,
        QueryParameter(
            description="The decimal sign of numbers written as text; `auto` refuses what has two readings."
        ),
    ] = "auto",
    *,
    dry_run: Annotated[bool, QueryParameter(description="As `Prefer: dry-run`.")] = False,
) -> Response[LineImport]:
    """Import lines into a draft from CSV or XLSX.

    The first row holds headings, in Indonesian or English; each row below is one line. UTF-8, delimiter `;`, `,` or tab;
    8 MiB and 500 rows at most; formulas count by their last value and are never calculated. A dry run answers with every
    faulty cell; an import with one faulty cell changes nothing and names the first 50 as `/<sheet>/<cell>`. Codes of
    `putCodeMappings` may be used.
    """
    if dry_run:
        call.rehearse()
    key = read("rfq", rfq_id)
    with tempfile.SpooledTemporaryFile(max_size=1024 * 1024) as file:
        call.streamed(await _received(request, file))
        media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        async with _parsing:
            table = await asyncio.to_thread(read_table, file, media, sheet)
            lines = await asyncio.to_thread(read_lines, table, decimal)

    async def work(db: Database) -> tuple[model.Rfq, list[CellFault]]:
        rfq, found = await importing.import_lines(
            db,
            call.actor,
            key,
            drafts(lines.rows),
            mode=mode,
            numbered=lines.numbered,
            only_look=bool(lines.faults),
            expected=call.expected,
        )
        faults = sorted([*lines.faults, *lines.faults_of(found)], key=lambda fault: fault[:2])
        if faults and not call.is_dry_run:
            raise _refused(table.sheet, faults)
        return rfq, faults

    return await call.change(work, lambda result, _: _report(*result, table.sheet, lines))


async def _received(request: Request[Any, Any, Any], file: IO[bytes]) -> bytes:
    """Write the body to `file`; its digest."""
    digest, size = hashlib.sha256(), 0
    try:
        async for chunk in request.stream():
            size += len(chunk)
            if size > MAX_BYTES:
                raise TooLarge(f"A table has {MAX_BYTES} bytes at most.")
            digest.update(chunk)
            file.write(chunk)
    except HTTPException as error:
        raise FileRefused("The upload broke off; nothing of it was kept. Send it again.") from error
    file.seek(0)
    return digest.digest()


def _refused(sheet: str, faults: list[CellFault]) -> ImportRefused:
    place = sheet.replace("~", "~0").replace("/", "~1")
    return ImportRefused(
        f"{len(faults)} cells are faulty, so nothing was imported. A dry run (`dry_run=true`) names all of them.",
        faults=[
            Fault(f"/{place}/{item.cell}", f"{item.heading}: {item.value or 'empty'}: {item.detail}") for item in faults
        ],
    )


def _report(rfq: model.Rfq, faults: list[CellFault], sheet: str, lines: Lines) -> LineImport:
    return LineImport(
        rfq_id=show("rfq", rfq.id),
        etag=etag_of(rfq.version),
        sheet=sheet[:200],
        rows=len(lines.rows),
        lines=len(rfq.lines),
        faults=[LineImportFault.of(sheet, fault) for fault in faults],
    )


HANDLERS = [import_lines]
