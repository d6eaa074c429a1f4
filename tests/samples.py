"""Plain Structs for rules that are tested without a database."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from domain.actors import Actor, Role
from domain.quotes.model import PriceBreak, Quote, QuoteContent, QuoteLine
from domain.rfqs.commands import with_digests
from domain.rfqs.model import Approval, Characteristic, Line, LineSpec, Name, Rfq, Terms

BUYER, SUPPLIER, RIVAL = UUID(int=1), UUID(int=2), UUID(int=3)
CLOSES = datetime(2027, 1, 10, 10, tzinfo=UTC)
BEFORE, AFTER = CLOSES - timedelta(hours=1), CLOSES + timedelta(hours=1)


def actor(organisation: UUID, *roles: Role, person: str | None = None) -> Actor:
    """Somebody of a verified organisation."""
    return Actor(
        credential_id=UUID(int=organisation.int + 100),
        organisation_id=organisation,
        name="key",
        person=person,
        roles=frozenset(roles),
        verified=True,
    )


THE_BUYER, THE_SUPPLIER = actor(BUYER, Role.BUYER), actor(SUPPLIER, Role.SUPPLIER)
THE_RIVAL = actor(RIVAL, Role.SUPPLIER)


def characteristic(no: int) -> Characteristic:
    """A diameter."""
    return Characteristic(
        no=no, name="diameter", nominal=Decimal(8), upper=None, lower=None, unit="mm", ctq=True, method=None
    )


def line(line_no: int, *, quantity: Decimal = Decimal(100), unit: str = "H87", **changes: Any) -> Line:
    """A line that can be published."""
    spec = LineSpec(
        part_number=f"P-{line_no}",
        drawing_revision=None,
        name=Name(id="Poros", en="Shaft"),
        specification="Turn it.",
        material=None,
        processes=(),
        general_tolerance=None,
        it_grade=None,
        surface=None,
        heat_treatment=None,
        envelope=None,
        mass_kg=None,
        lot_size=None,
        schedule=(),
        standards=(),
        certificates=(),
        approval=Approval(),
        quantity_breaks=(),
        allow_alternates=False,
        characteristics=(),
        target_price=None,
        target_price_shown=False,
        baseline=None,
    )
    return Line(
        id=UUID(int=line_no),
        line_no=line_no,
        quantity=quantity,
        unit=unit,
        awarded=Decimal(0),
        digest="",
        spec=replace(spec, **changes),
    )


def rfq(*, lines: tuple[Line, ...] = (), **changes: Any) -> Rfq:
    """An open RFQ of BUYER that closes at CLOSES."""
    made = Rfq(
        id=UUID(int=50),
        buyer_id=BUYER,
        state="open",
        version=2,
        revision=1,
        round=1,
        external_reference=None,
        title="Shafts",
        visibility="open",
        terms=Terms(
            description=None,
            intent="firm",
            currency="IDR",
            incoterm=None,
            delivery_place=None,
            payment_days=None,
            nda_text=None,
            nda_version=1,
            evaluation=(),
            over_delivery_percent=Decimal(0),
        ),
        nda_required=False,
        opening_quorum=1,
        envelopes=1,
        questions_close_at=None,
        quotes_close_at=CLOSES,
        published_at=BEFORE,
        closed_at=None,
        opening_approved_by=None,
        technical_opened_at=None,
        opened_at=None,
        scores_closed_at=None,
        ended_at=None,
        end_reason=None,
        reissue_of=None,
        reissued_as=None,
        created_at=BEFORE,
        updated_at=BEFORE,
        lines=lines or (line(1),),
        documents=(),
    )
    return with_digests(replace(made, **changes))


def priced(line_no: int, price: str = "100", **changes: Any) -> QuoteLine:
    """An answer with one price, without the digest of its line."""
    made = QuoteLine(
        line_no=line_no,
        line_digest="",
        answer="priced",
        decline_reason=None,
        breaks=(PriceBreak(min_quantity=Decimal(1), unit_price=Decimal(price)),),
        minimum_order_quantity=None,
        lead_time_days=None,
        capacity_per_month=None,
        tooling=None,
        cost_breakdown=None,
        local_content=None,
        outside_processes=(),
        characteristics=(),
        note=None,
    )
    return replace(made, **changes)


def content(*lines: QuoteLine, **changes: Any) -> QuoteContent:
    """Content in rupiah, valid for a month after CLOSES."""
    made = QuoteContent(
        currency="IDR",
        valid_until=(CLOSES + timedelta(days=30)).date(),
        incoterm=None,
        delivery_place=None,
        payment_days=None,
        note=None,
        lines=lines,
    )
    return replace(made, **changes)


def quote(**changes: Any) -> Quote:
    """A submitted quote of SUPPLIER on `rfq()`."""
    made = Quote(
        id=UUID(int=70),
        rfq_id=UUID(int=50),
        buyer_id=BUYER,
        supplier_id=SUPPLIER,
        round=1,
        state="submitted",
        version=2,
        submission=1,
        unsubmitted=False,
        submitted_at=BEFORE,
        commitment="00" * 32,
        currency=None,
        valid_until=None,
        technical_opened_at=None,
        opened_at=None,
        end_reason=None,
        end_note=None,
        created_at=BEFORE,
        updated_at=BEFORE,
    )
    return replace(made, **changes)
