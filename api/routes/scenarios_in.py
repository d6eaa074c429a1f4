"""Wire shapes of what an award scenario is asked for: its conditions."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Literal

from msgspec import Meta

from api.routes.rfqs_in import LineNo
from api.wire import Currency3, DecimalText, Id, In
from domain.errors import Fault, Invalid
from domain.ids import read
from domain.quantity import plain
from domain.rfqs.model import MAX_LINES
from domain.scenarios import model
from domain.scenarios.model import MAX_CONDITIONS, Condition, Wish

LineNos = Annotated[list[LineNo], Meta(min_length=1, max_length=MAX_LINES)]
Few = Meta(max_length=MAX_CONDITIONS)
Basis = Literal["quantity", "value"]
HUNDRED = Decimal(100)
MAX_MONTHS = Decimal(120)
MAX_RATE = Decimal(10**9)


class ScenarioRate(In):
    """One unit of `currency` costs `rate` in the scenario's currency."""

    currency: Currency3
    rate: DecimalText


class ScenarioLot(In):
    """Quantities of a line are multiples of `quantity`."""

    line_no: LineNo
    quantity: DecimalText


class ScenarioCapacity(In, kw_only=True):
    """Nobody gets more of a line than the monthly capacity of its quote times the months of delivery.

    Without `months` they are counted, line by line, from today to the last date of the line's schedule. Where neither is
    known, or a quote states no capacity, nothing is limited.
    """

    months: DecimalText | None = None


class ScenarioSources(In, kw_only=True):
    """At least `minimum` suppliers on each of the lines; without `line_nos` on all."""

    minimum: Annotated[int, Meta(ge=1, le=50, extra_json_schema={"format": "int64"})]
    line_nos: LineNos | None = None


class ScenarioShare(In, kw_only=True):
    """Bounds in per cent: of what is left of each line (`quantity`), or of the money of the whole split (`value`).

    With `supplier_id` for that one, which has to get its minimum; else for everybody who gets anything.
    """

    basis: Basis
    supplier_id: Id | None = None
    line_nos: Annotated[LineNos | None, Meta(description="Only with the basis `quantity`.")] = None
    minimum_percent: DecimalText | None = None
    maximum_percent: DecimalText | None = None


class ScenarioSupplier(In, kw_only=True):
    """A supplier, on some lines or, without `line_nos`, on all."""

    supplier_id: Id
    line_nos: LineNos | None = None


class ScenarioForced(In, kw_only=True):
    """A supplier gets these lines whole."""

    supplier_id: Id
    line_nos: LineNos


class AwardScenarioSolve(In, kw_only=True):
    """What the split has to keep to. Without any condition it is the cheapest of all.

    `keep`: a supplier that must get part of each of the lines or, without lines, of any. Amounts are in `currency` (by
    default that of the RFQ). `allow_unallocated`: rather than none, a split that leaves out as few lines as possible.
    """

    currency: Currency3 | None = None
    rates: Annotated[list[ScenarioRate], Few] = []
    lots: Annotated[list[ScenarioLot], Meta(max_length=MAX_LINES)] = []
    capacity: ScenarioCapacity | None = None
    sources: Annotated[list[ScenarioSources], Few] = []
    shares: Annotated[list[ScenarioShare], Few] = []
    keep: Annotated[list[ScenarioSupplier], Few] = []
    excluded: Annotated[list[ScenarioSupplier], Few] = []
    forced: Annotated[list[ScenarioForced], Few] = []
    maximum_suppliers: Annotated[int, Meta(ge=1, le=500, extra_json_schema={"format": "int64"})] | None = None
    minimum_local_content_percent: DecimalText | None = None
    minimum_order_value: DecimalText | None = None
    allow_unallocated: bool = False
    compare: Annotated[bool, Meta(description="Whether to show what each condition costs.")] = True
    time_limit_seconds: Annotated[int, Meta(ge=1, le=model.MAX_SECONDS, extra_json_schema={"format": "int64"})] = 10

    def wish(self, preferred: str) -> Wish:
        """As the domain takes it, in `preferred` unless a currency is stated. Raises Invalid."""
        currency = self.currency or preferred
        faults: list[Fault] = []
        conditions = tuple(self._conditions(faults))
        rates: dict[str, Decimal] = {}
        for place, one in enumerate(self.rates):
            rates[one.currency] = _number(one.rate, f"/rates/{place}/rate", faults, most=MAX_RATE)
        if len(rates) < len(self.rates) or currency in rates:
            faults.append(Fault("/rates", "State one rate for each other currency."))
        lots = tuple((one.line_no, plain(Decimal(one.quantity))) for one in self.lots)
        if len({line_no for line_no, _ in lots}) < len(lots):
            faults.append(Fault("/lots", "State one lot for each line."))
        if faults:
            raise Invalid("The scenario makes no sense.", faults=faults)
        return Wish(
            currency=currency,
            rates=rates,
            lots=lots,
            allow_unallocated=self.allow_unallocated,
            compare=self.compare,
            seconds=self.time_limit_seconds,
            conditions=conditions,
        )

    def _conditions(self, faults: list[Fault]) -> Iterator[Condition]:
        if self.capacity is not None:
            months = self.capacity.months
            yield Condition(
                pointer="/capacity",
                kind="capacity",
                words="the stated capacity in the delivery window",
                minimum=None if months is None else _number(months, "/capacity/months", faults, most=MAX_MONTHS),
            )
        for place, one in enumerate(self.sources):
            yield Condition(
                pointer=f"/sources/{place}",
                kind="sources",
                words=f"at least {one.minimum} suppliers on {_lines(one.line_nos)}",
                line_nos=_numbers(one.line_nos),
                minimum=Decimal(one.minimum),
            )
        for place, share in enumerate(self.shares):
            yield _share(share, f"/shares/{place}", faults)
        for place, who in enumerate(self.keep):
            yield _about(who.supplier_id, who.line_nos, f"/keep/{place}", "keep", "keep")
        for place, who in enumerate(self.excluded):
            yield _about(who.supplier_id, who.line_nos, f"/excluded/{place}", "exclude", "nothing for")
        for place, whole in enumerate(self.forced):
            yield _about(whole.supplier_id, whole.line_nos, f"/forced/{place}", "force", "everything for")
        if self.maximum_suppliers is not None:
            yield Condition(
                pointer="/maximum_suppliers",
                kind="maximum_suppliers",
                words=f"at most {self.maximum_suppliers} suppliers",
                maximum=Decimal(self.maximum_suppliers),
            )
        if self.minimum_local_content_percent is not None:
            at = "/minimum_local_content_percent"
            least = _number(self.minimum_local_content_percent, at, faults, most=HUNDRED)
            yield Condition(
                pointer=at,
                kind="local_content",
                words=f"local content of at least {self.minimum_local_content_percent} %",
                minimum=least,
            )
        if self.minimum_order_value is not None:
            at = "/minimum_order_value"
            yield Condition(
                pointer=at,
                kind="order_value",
                words=f"orders worth at least {self.minimum_order_value}",
                minimum=_number(self.minimum_order_value, at, faults, most=Decimal(10**13)),
            )


def _number(text: str, at: str, faults: list[Fault], *, most: Decimal) -> Decimal:
    value = Decimal(text)
    if not 0 < value <= most:
        faults.append(Fault(at, f"A number above 0, {most} at most."))
    return value


def _numbers(line_nos: list[int] | None) -> tuple[int, ...] | None:
    return None if line_nos is None else tuple(sorted(set(line_nos)))


def _lines(line_nos: list[int] | None) -> str:
    if line_nos is None:
        return "every line"
    shown = ", ".join(str(one) for one in sorted(set(line_nos))[:10])
    return f"line {shown}" + (" and others" if len(set(line_nos)) > 10 else "")  # noqa: PLR2004


def _about(supplier: str, line_nos: list[int] | None, at: str, kind: model.Kind, words: str) -> Condition:
    return Condition(
        pointer=at,
        kind=kind,
        words=f"{words} {supplier} on {_lines(line_nos) if line_nos is not None or kind != 'keep' else 'some line'}",
        line_nos=_numbers(line_nos),
        supplier_id=read("organisation", supplier),
    )


def _share(share: ScenarioShare, at: str, faults: list[Fault]) -> Condition:
    bounds = []
    for name, text in (("minimum", share.minimum_percent), ("maximum", share.maximum_percent)):
        bounds.append(None if text is None else _number(text, f"{at}/{name}_percent", faults, most=HUNDRED))
    if share.minimum_percent is None and share.maximum_percent is None:
        faults.append(Fault(at, "State minimum_percent, maximum_percent or both."))
    if share.basis == "value" and share.line_nos is not None:
        faults.append(Fault(f"{at}/line_nos", "A share of the money is one of the whole split: leave out the lines."))
    between = " and ".join(
        f"{word} {text} %"
        for word, text in (("at least", share.minimum_percent), ("at most", share.maximum_percent))
        if text is not None
    )
    of = "the money" if share.basis == "value" else _lines(share.line_nos)
    return Condition(
        pointer=at,
        kind="value_share" if share.basis == "value" else "quantity_share",
        words=f"{between} of {of} for {share.supplier_id or 'each supplier that gets any'}",
        line_nos=_numbers(share.line_nos),
        supplier_id=None if share.supplier_id is None else read("organisation", share.supplier_id),
        minimum=bounds[0],
        maximum=bounds[1],
    )
