from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.blocked import Blocked
    from ..models.invoice_dispute_out import InvoiceDisputeOut
    from ..models.invoice_line import InvoiceLine
    from ..models.invoice_payment import InvoicePayment
    from ..models.invoice_tooling import InvoiceTooling


T = TypeVar("T", bound="Invoice")


@_attrs_define
class Invoice:
    """An invoice or credit note. `net` is rounded half-even, `ppn` is of the unrounded base, `total` the sum of the two."""

    id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    order_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    kind: str
    """ Whether it is an invoice or a credit note.

    Known values: invoice, credit. """
    reference: str
    """ The supplier's number of the invoice, unique for it. """
    state: str
    """ Present state; how it can go on is listed by `listStateMachines`. """
    state_label: str
    """ Label of the state, in the language of `Accept-Language`. """
    allowed_actions: list[str]
    """ Names of the operations that the caller may take now. """
    blocked_actions: list[Blocked]
    """ Actions that belong to this state but cannot be taken now, each with the reason. """
    etag: str
    """ Strong entity tag, quotes included; send it back as `If-Match`. """
    currency: str
    """ ISO 4217 code. """
    lines: list[InvoiceLine]
    """ What it is about, line by line. """
    tooling: list[InvoiceTooling]
    """ Tooling, by line. """
    net: str
    """ Exact decimal. """
    ppn: str
    """ Exact decimal. """
    total: str
    """ Exact decimal. """
    paid: str
    """ Exact decimal. """
    open_: str
    """ Exact decimal. """
    taxed: bool
    """ Whether PPN is charged: a PKP supplier bills in rupiah. """
    tax_invoice_no: None | str
    """ Number of the tax invoice (faktur pajak); null when there is none. """
    issued_on: datetime.date
    """ Calendar day. """
    due_on: datetime.date
    """ Calendar day. """
    overdue: bool
    """ Past `due_on`, and neither paid, disputed nor withdrawn. """
    paid_on: datetime.date | None
    """ Calendar day. """
    days_to_pay: int | None
    """ From `issued_on` to `paid_on`. """
    replaces: None | str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    credits_: None | str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    dispute: InvoiceDisputeOut | None
    payments: list[InvoicePayment]
    """ What was paid, oldest first. Evidence alone: no money moves here. """
    file_id: None | str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    note: None | str
    """ Remark for people; null when there is none. """
    submitted_by: str
    """ Who submitted it. """
    matched_at: datetime.datetime | None
    """ RFC 3339 instant with a zone. """
    created_at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    updated_at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.invoice_dispute_out import InvoiceDisputeOut  # noqa: PLC0415

        id = self.id

        order_id = self.order_id

        kind = self.kind

        reference = self.reference

        state = self.state

        state_label = self.state_label

        allowed_actions = self.allowed_actions

        blocked_actions = []
        for blocked_actions_item_data in self.blocked_actions:
            blocked_actions_item = blocked_actions_item_data.to_dict()
            blocked_actions.append(blocked_actions_item)

        etag = self.etag

        currency = self.currency

        lines = []
        for lines_item_data in self.lines:
            lines_item = lines_item_data.to_dict()
            lines.append(lines_item)

        tooling = []
        for tooling_item_data in self.tooling:
            tooling_item = tooling_item_data.to_dict()
            tooling.append(tooling_item)

        net = self.net

        ppn = self.ppn

        total = self.total

        paid = self.paid

        open_ = self.open_

        taxed = self.taxed

        tax_invoice_no: None | str
        tax_invoice_no = self.tax_invoice_no

        issued_on = self.issued_on.isoformat()

        due_on = self.due_on.isoformat()

        overdue = self.overdue

        paid_on: None | str
        if isinstance(self.paid_on, datetime.date):
            paid_on = self.paid_on.isoformat()
        else:
            paid_on = self.paid_on

        days_to_pay: int | None
        days_to_pay = self.days_to_pay

        replaces: None | str
        replaces = self.replaces

        credits_: None | str
        credits_ = self.credits_

        dispute: dict[str, Any] | None
        if isinstance(self.dispute, InvoiceDisputeOut):
            dispute = self.dispute.to_dict()
        else:
            dispute = self.dispute

        payments = []
        for payments_item_data in self.payments:
            payments_item = payments_item_data.to_dict()
            payments.append(payments_item)

        file_id: None | str
        file_id = self.file_id

        note: None | str
        note = self.note

        submitted_by = self.submitted_by

        matched_at: None | str
        if isinstance(self.matched_at, datetime.datetime):
            matched_at = self.matched_at.isoformat()
        else:
            matched_at = self.matched_at

        created_at = self.created_at.isoformat()

        updated_at = self.updated_at.isoformat()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "order_id": order_id,
                "kind": kind,
                "reference": reference,
                "state": state,
                "state_label": state_label,
                "allowed_actions": allowed_actions,
                "blocked_actions": blocked_actions,
                "etag": etag,
                "currency": currency,
                "lines": lines,
                "tooling": tooling,
                "net": net,
                "ppn": ppn,
                "total": total,
                "paid": paid,
                "open": open_,
                "taxed": taxed,
                "tax_invoice_no": tax_invoice_no,
                "issued_on": issued_on,
                "due_on": due_on,
                "overdue": overdue,
                "paid_on": paid_on,
                "days_to_pay": days_to_pay,
                "replaces": replaces,
                "credits": credits_,
                "dispute": dispute,
                "payments": payments,
                "file_id": file_id,
                "note": note,
                "submitted_by": submitted_by,
                "matched_at": matched_at,
                "created_at": created_at,
                "updated_at": updated_at,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.blocked import Blocked  # noqa: PLC0415
        from ..models.invoice_dispute_out import InvoiceDisputeOut  # noqa: PLC0415
        from ..models.invoice_line import InvoiceLine  # noqa: PLC0415
        from ..models.invoice_payment import InvoicePayment  # noqa: PLC0415
        from ..models.invoice_tooling import InvoiceTooling  # noqa: PLC0415

        d = dict(src_dict)
        id = d.pop("id")

        order_id = d.pop("order_id")

        kind = d.pop("kind")

        reference = d.pop("reference")

        state = d.pop("state")

        state_label = d.pop("state_label")

        allowed_actions = cast(list[str], d.pop("allowed_actions"))

        blocked_actions = []
        _blocked_actions = d.pop("blocked_actions")
        for blocked_actions_item_data in _blocked_actions:
            blocked_actions_item = Blocked.from_dict(blocked_actions_item_data)

            blocked_actions.append(blocked_actions_item)

        etag = d.pop("etag")

        currency = d.pop("currency")

        lines = []
        _lines = d.pop("lines")
        for lines_item_data in _lines:
            lines_item = InvoiceLine.from_dict(lines_item_data)

            lines.append(lines_item)

        tooling = []
        _tooling = d.pop("tooling")
        for tooling_item_data in _tooling:
            tooling_item = InvoiceTooling.from_dict(tooling_item_data)

            tooling.append(tooling_item)

        net = d.pop("net")

        ppn = d.pop("ppn")

        total = d.pop("total")

        paid = d.pop("paid")

        open_ = d.pop("open")

        taxed = d.pop("taxed")

        def _parse_tax_invoice_no(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        tax_invoice_no = _parse_tax_invoice_no(d.pop("tax_invoice_no"))

        issued_on = datetime.date.fromisoformat(d.pop("issued_on"))

        due_on = datetime.date.fromisoformat(d.pop("due_on"))

        overdue = d.pop("overdue")

        def _parse_paid_on(data: object) -> datetime.date | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                paid_on_type_0 = datetime.date.fromisoformat(data)

                return paid_on_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.date | None, data)

        paid_on = _parse_paid_on(d.pop("paid_on"))

        def _parse_days_to_pay(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        days_to_pay = _parse_days_to_pay(d.pop("days_to_pay"))

        def _parse_replaces(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        replaces = _parse_replaces(d.pop("replaces"))

        def _parse_credits_(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        credits_ = _parse_credits_(d.pop("credits"))

        def _parse_dispute(data: object) -> InvoiceDisputeOut | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                dispute_type_0 = InvoiceDisputeOut.from_dict(data)

                return dispute_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(InvoiceDisputeOut | None, data)

        dispute = _parse_dispute(d.pop("dispute"))

        payments = []
        _payments = d.pop("payments")
        for payments_item_data in _payments:
            payments_item = InvoicePayment.from_dict(payments_item_data)

            payments.append(payments_item)

        def _parse_file_id(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        file_id = _parse_file_id(d.pop("file_id"))

        def _parse_note(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        note = _parse_note(d.pop("note"))

        submitted_by = d.pop("submitted_by")

        def _parse_matched_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                matched_at_type_0 = datetime.datetime.fromisoformat(data)

                return matched_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        matched_at = _parse_matched_at(d.pop("matched_at"))

        created_at = datetime.datetime.fromisoformat(d.pop("created_at"))

        updated_at = datetime.datetime.fromisoformat(d.pop("updated_at"))

        built_ = cls(
            id=id,
            order_id=order_id,
            kind=kind,
            reference=reference,
            state=state,
            state_label=state_label,
            allowed_actions=allowed_actions,
            blocked_actions=blocked_actions,
            etag=etag,
            currency=currency,
            lines=lines,
            tooling=tooling,
            net=net,
            ppn=ppn,
            total=total,
            paid=paid,
            open_=open_,
            taxed=taxed,
            tax_invoice_no=tax_invoice_no,
            issued_on=issued_on,
            due_on=due_on,
            overdue=overdue,
            paid_on=paid_on,
            days_to_pay=days_to_pay,
            replaces=replaces,
            credits_=credits_,
            dispute=dispute,
            payments=payments,
            file_id=file_id,
            note=note,
            submitted_by=submitted_by,
            matched_at=matched_at,
            created_at=created_at,
            updated_at=updated_at,
        )

        built_.additional_properties = d
        return built_

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
