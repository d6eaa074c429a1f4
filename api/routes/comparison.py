"""The bid tab: opened quotes side by side, as JSON or as a file."""

import asyncio
import gzip
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Annotated

import msgspec
from litestar import Response, get
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, QueryParameter

from api.attempts import watched
from api.bid_tab import CSV, XLSX
from api.bid_tab.table import table
from api.bid_tab.workbook import MAX_CELLS as MAX_IN_WORKBOOK
from api.bid_tab.workbook import workbook
from api.call import JSON, Call
from api.contract import Api
from api.negotiation import accepts_gzip, preferred
from api.routes.comparison_in import stated
from api.routes.comparison_wire import BidComparison
from domain.comparison import queries
from domain.comparison.cost import Assumptions
from domain.comparison.model import Comparison
from domain.ids import read
from domain.quantity import plain

OFFERED = (JSON, CSV, XLSX)
AT_ONCE = 4_000
"""Cells that are written without leaving the event loop."""
PACKED_FROM = 4096
PACKING = 1
"""gzip's fastest level: a tab shrinks to a tenth all the same."""
_ONE_BY_ONE = ThreadPoolExecutor(max_workers=1, thread_name_prefix="workbook")
"""A large workbook takes seconds of one processor: a worker process makes one at a time."""


@get(
    "/v1/rfqs/{rfq_id:str}/comparison",
    tags=["Comparisons"],
    dependencies={"stated": Provide(stated)},
    opt={
        "api": Api(
            scopes=("quotes:read",),
            expensive=True,
            errors=(409, 422),
            codes=("still_sealed", "limit_reached", "invalid"),
            response_media=OFFERED,
            response_schema=BidComparison,
        ),
        "no_compression": True,
    },
)
async def compare_quotes(
    call: NamedDependency[Call],
    stated: NamedDependency[Assumptions],
    rfq_id: FromPath[str],
    quantity: Annotated[
        str | None,
        QueryParameter(
            pattern=r"^(0|[1-9][0-9]{0,11})(\.[0-9]{1,6})?\Z",
            max_length=20,
            description="Compare every line at this quantity; absent: at the quantity that the line asks for.",
        ),
    ] = None,
    *,
    csv_bom: Annotated[
        bool, QueryParameter(description="Begin a CSV with a byte order mark, which Excel needs to read UTF-8.")
    ] = False,
) -> Response[bytes]:
    """Compare the opened quotes of an RFQ.

    For its buyer, after the opening. The price of each cell is the break that the quantity reaches; its total cost adds
    what falls due of tooling, what the supplier's minimum forces the buyer to take, freight and the price of payment terms,
    each a figure of its own. The answer repeats the assumptions it used, with the formulas. Quotes in other currencies are
    ranked at the rates given. As JSON, as CSV with a row for each line and quote, or as a workbook that calculates.
    """
    asked = None if quantity is None else plain(Decimal(quantity))
    media = preferred(call.request.headers.get("accept"), OFFERED)
    most = MAX_IN_WORKBOOK if media == XLSX else queries.MAX_CELLS
    tab = await watched(
        call,
        queries.get(call.db, call.actor, read("rfq", rfq_id), quantity=asked, stated=stated, max_cells=most),
    )
    headers = {
        "cache-control": "private, no-cache",
        "vary": "Accept, Accept-Encoding, Accept-Language, Authorization",
    }
    packs = media != XLSX and accepts_gzip(call.request.headers.get("accept-encoding"))

    def write() -> bytes:
        body = _written(tab, media, csv_bom)
        return gzip.compress(body, PACKING) if packs and len(body) >= PACKED_FROM else body

    body = await _away(write, tab, media)
    if packs and body.startswith(b"\x1f\x8b"):
        headers["content-encoding"] = "gzip"
    if media != JSON:
        suffix = "csv" if media == CSV else "xlsx"
        headers["content-disposition"] = f'attachment; filename="bid-tab-{rfq_id}.{suffix}"'
    return Response(body, media_type=media, headers=headers)


def _written(tab: Comparison, media: str, bom: bool) -> bytes:  # noqa: FBT001
    if media == CSV:
        return table(tab, bom=bom)
    return workbook(tab) if media == XLSX else msgspec.json.encode(BidComparison.of(tab))


async def _away(write: Callable[[], bytes], tab: Comparison, media: str) -> bytes:
    """Off the event loop, but for what takes less time than getting there and back."""
    if media == XLSX:
        return await asyncio.get_running_loop().run_in_executor(_ONE_BY_ONE, write)
    if len(tab.rows) * len(tab.columns) <= AT_ONCE:
        return write()
    return await asyncio.to_thread(write)


HANDLERS = [compare_quotes]
