"""What may be sent, taken back and counted: one row for each rule, without a database."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from order_samples import despatch, order
from samples import AFTER, THE_BUYER, THE_RIVAL, THE_SUPPLIER

from domain.actors import Actor
from domain.deliveries import rules
from domain.deliveries.model import DespatchDetail, DespatchDraft, DespatchLineDraft, ReceiptDraft, ReceiptLine
from domain.errors import Forbidden, Invalid, NotFound, OverDespatch, OverReceipt, Refusal, WrongState

D = Decimal


def sending(*lots: tuple[int, str, str], eta: datetime | None = None) -> DespatchDraft:
    return DespatchDraft(
        number="SJ-1",
        detail=DespatchDetail(packages=None, carrier=None, vehicle=None, eta=eta, note=None),
        lines=tuple(
            DespatchLineDraft(line_no=no, lot=lot, heat_number=None, quantity=D(quantity)) for no, lot, quantity in lots
        ),
    )


def counting(*lots: tuple[int, str, str, str, str], at: datetime | None = None) -> ReceiptDraft:
    return ReceiptDraft(
        despatch_id=UUID(int=91),
        number=None,
        note=None,
        received_at=at,
        lines=tuple(
            ReceiptLine(line_no=no, lot=lot, received=D(received), short=D(short), damaged=D(damaged))
            for no, lot, received, short, damaged in lots
        ),
    )


@pytest.mark.parametrize(
    ("lots", "refusal", "pointers"),
    [
        ((), Invalid, ["/lines"]),
        (((3, "A", "1"),), Invalid, ["/lines/0/line_no"]),
        (((1, "A", "0"),), Invalid, ["/lines/0/quantity"]),
        (((1, "A", "-5"),), Invalid, ["/lines/0/quantity"]),
        (((1, "A", "1.5"),), Invalid, ["/lines/0/quantity"]),
        (((1, "A", "1"), (1, "A", "1")), Invalid, ["/lines/1/lot"]),
        (((1, "A", "60"), (1, "B", "41")), OverDespatch, ["/lines"]),
        (((1, "A", "101"), (2, "A", "51")), OverDespatch, ["/lines", "/lines"]),
    ],
)
def test_a_despatch_is_refused(
    lots: tuple[tuple[int, str, str], ...], refusal: type[Refusal], pointers: list[str]
) -> None:
    with pytest.raises(refusal) as caught:
        rules.decide_create(order("100", "50"), sending(*lots), THE_SUPPLIER, now=AFTER)
    assert [fault.pointer for fault in caught.value.faults] == pointers


@pytest.mark.parametrize(
    ("state", "who", "refusal"),
    [
        ("issued", THE_SUPPLIER, WrongState),
        ("completed", THE_SUPPLIER, WrongState),
        ("acknowledged", THE_BUYER, Forbidden),
        ("acknowledged", THE_RIVAL, NotFound),
    ],
)
def test_who_may_not_send_and_when(state: str, who: Actor, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        rules.decide_create(order(state=state), sending((1, "A", "1")), who, now=AFTER)


def test_too_much_is_told_with_what_is_left() -> None:
    with pytest.raises(OverDespatch) as caught:
        rules.decide_create(order(despatched="60"), sending((1, "A", "41")), THE_SUPPLIER, now=AFTER)
    assert caught.value.detail == "Line 1: 41 H87 are more than the 40 that are left to send."


@pytest.mark.parametrize(
    ("percent", "first", "quantity", "fits"),
    [
        ("0", {}, "100", True),
        ("5", {}, "105", True),
        ("5", {}, "106", False),
        ("0", {"despatched": "100", "received": "90", "short": "10"}, "10", True),
        ("0", {"despatched": "100", "received": "90", "short": "10"}, "11", False),
        ("0", {"despatched": "100", "received": "100", "rejected": "7"}, "7", True),
        ("0", {"despatched": "100", "received": "100", "rejected": "7"}, "8", False),
    ],
)
def test_what_was_lost_or_rejected_may_be_sent_again(
    percent: str, first: dict[str, str], quantity: str, *, fits: bool
) -> None:
    thing, draft = order(percent=percent, **first), sending((1, "A", quantity))
    if fits:
        assert rules.decide_create(thing, draft, THE_SUPPLIER, now=AFTER).target == "despatched"
    else:
        with pytest.raises(OverDespatch):
            rules.decide_create(thing, draft, THE_SUPPLIER, now=AFTER)


@pytest.mark.parametrize("eta", [AFTER + timedelta(days=900), datetime.min.replace(tzinfo=UTC)])
def test_an_arrival_far_from_now_is_a_slip(eta: datetime) -> None:
    with pytest.raises(Invalid) as caught:
        rules.decide_create(order(), sending((1, "A", "1"), eta=eta), THE_SUPPLIER, now=AFTER)
    assert [fault.pointer for fault in caught.value.faults] == ["/eta"]


def test_a_despatch_is_taken_back_while_nothing_arrived() -> None:
    assert rules.decide_cancel(despatch(), THE_SUPPLIER).target == "cancelled"
    for thing, who, refusal in (
        (despatch(received="1"), THE_SUPPLIER, WrongState),
        (despatch(short="1"), THE_SUPPLIER, WrongState),
        (despatch(state="received"), THE_SUPPLIER, WrongState),
        (despatch(state="cancelled"), THE_SUPPLIER, WrongState),
        (despatch(), THE_BUYER, Forbidden),
        (despatch(), THE_RIVAL, NotFound),
    ):
        with pytest.raises(refusal):
            rules.decide_cancel(thing, who)


@pytest.mark.parametrize(
    ("lots", "refusal", "pointers"),
    [
        ((), Invalid, ["/lines"]),
        (((1, "L9", "1", "0", "0"),), Invalid, ["/lines/0"]),
        (((2, "L1", "1", "0", "0"),), Invalid, ["/lines/0"]),
        (((1, "L1", "0", "0", "0"),), Invalid, ["/lines/0"]),
        (((1, "L1", "1.5", "0", "0"),), Invalid, ["/lines/0/received"]),
        (((1, "L1", "2", "-1", "0"),), Invalid, ["/lines/0/short"]),
        (((1, "L1", "2", "0", "3"),), Invalid, ["/lines/0/damaged"]),
        (((1, "L1", "1", "0", "0"), (1, "L1", "1", "0", "0")), Invalid, ["/lines/1/lot"]),
        (((1, "L1", "61", "0", "0"),), OverReceipt, ["/lines/0"]),
        (((1, "L1", "60", "1", "0"),), OverReceipt, ["/lines/0"]),
    ],
)
def test_a_receipt_is_refused(
    lots: tuple[tuple[int, str, str, str, str], ...], refusal: type[Refusal], pointers: list[str]
) -> None:
    with pytest.raises(refusal) as caught:
        rules.decide_receive(order(despatched="60"), despatch(), counting(*lots), THE_BUYER, now=AFTER)
    assert [fault.pointer for fault in caught.value.faults] == pointers


@pytest.mark.parametrize(
    ("lots", "action"),
    [
        (((1, "L1", "60", "0", "0"),), "receive_part"),
        (((1, "L1", "60", "0", "5"), (2, "L2", "39", "1", "39")), "receive"),
        (((1, "L1", "0", "60", "0"), (2, "L2", "0", "40", "0")), "receive"),
        (((2, "L2", "40", "0", "0"),), "receive_part"),
    ],
)
def test_a_despatch_is_received_when_all_is_accounted_for(
    lots: tuple[tuple[int, str, str, str, str], ...], action: str
) -> None:
    sent = despatch((1, "L1", "60"), (2, "L2", "40"))
    thing = order("100", "50")
    assert rules.decide_receive(thing, sent, counting(*lots), THE_BUYER, now=AFTER).action == action


@pytest.mark.parametrize(
    ("state", "who", "refusal"),
    [
        ("received", THE_BUYER, WrongState),
        ("cancelled", THE_BUYER, WrongState),
        ("despatched", THE_SUPPLIER, Forbidden),
        ("despatched", THE_RIVAL, NotFound),
    ],
)
def test_who_may_not_count_and_when(state: str, who: Actor, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        rules.decide_receive(order(), despatch(state=state), counting((1, "L1", "1", "0", "0")), who, now=AFTER)


@pytest.mark.parametrize(
    ("at", "fits"),
    [
        (AFTER - timedelta(days=30), True),
        (AFTER + timedelta(minutes=5), True),
        (AFTER + timedelta(minutes=11), False),
        (datetime.min.replace(tzinfo=UTC), False),
        (datetime.max.replace(tzinfo=UTC), False),
    ],
)
def test_goods_were_received_in_the_past(at: datetime, *, fits: bool) -> None:
    draft = counting((1, "L1", "1", "0", "0"), at=at)
    if fits:
        rules.decide_receive(order(), despatch(), draft, THE_BUYER, now=AFTER)
        return
    with pytest.raises(Invalid) as caught:
        rules.decide_receive(order(), despatch(), draft, THE_BUYER, now=AFTER)
    assert [fault.pointer for fault in caught.value.faults] == ["/received_at"]


def test_what_the_parties_may_do_now() -> None:
    assert rules.available(despatch(), THE_SUPPLIER, now=AFTER) == (["cancel_despatch"], [])
    assert rules.available(despatch(), THE_BUYER, now=AFTER) == (["record_receipt"], [])
    allowed, [(name, refusal)] = rules.available(despatch(received="1"), THE_SUPPLIER, now=AFTER)
    assert (allowed, name, refusal.code) == ([], "cancel_despatch", "wrong_state")
    assert rules.available(despatch(state="received"), THE_BUYER, now=AFTER) == ([], [])
