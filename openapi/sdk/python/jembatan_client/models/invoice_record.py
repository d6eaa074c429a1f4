from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.invoice_record_kind import InvoiceRecordKind, check_invoice_record_kind
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.invoice_line_in import InvoiceLineIn
    from ..models.invoice_tooling_in import InvoiceToolingIn


T = TypeVar("T", bound="InvoiceRecord")


@_attrs_define
class InvoiceRecord:
    """An invoice, or a credit note, under the supplier's own number. The currency is the order's.

    PPN and total may be left to us. A total that is stated has to be what lines, tooling and PPN add up to.

    """

    reference: str
    """ Your number; used once for ever. """
    issued_on: datetime.date
    """ Calendar day. """
    kind: InvoiceRecordKind | Unset = "invoice"
    """ Whether it is an invoice or a credit note. """
    lines: list[InvoiceLineIn] | Unset = UNSET
    """ What it is about, line by line. """
    tooling: list[InvoiceToolingIn] | Unset = UNSET
    """ Tooling, by line. """
    ppn: None | str | Unset = UNSET
    """ As your paper says. """
    total: None | str | Unset = UNSET
    """ With PPN. """
    tax_invoice_no: None | str | Unset = UNSET
    """ Number of the e-Faktur. """
    replaces: None | str | Unset = UNSET
    """ The disputed or withdrawn invoice that this one corrects. """
    credits_: None | str | Unset = UNSET
    """ Of a credit note: the matched invoice it takes back from. """
    file_id: None | str | Unset = UNSET
    """ The paper, as a file of yours. """
    note: None | str | Unset = UNSET
    """ Remark for people; null when there is none. """

    def to_dict(self) -> dict[str, Any]:
        reference = self.reference

        issued_on = self.issued_on.isoformat()

        kind: str | Unset = UNSET
        if not isinstance(self.kind, Unset):
            kind = self.kind

        lines: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.lines, Unset):
            lines = []
            for lines_item_data in self.lines:
                lines_item = lines_item_data.to_dict()
                lines.append(lines_item)

        tooling: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.tooling, Unset):
            tooling = []
            for tooling_item_data in self.tooling:
                tooling_item = tooling_item_data.to_dict()
                tooling.append(tooling_item)

        ppn: None | str | Unset
        if isinstance(self.ppn, Unset):
            ppn = UNSET
        else:
            ppn = self.ppn

        total: None | str | Unset
        if isinstance(self.total, Unset):
            total = UNSET
        else:
            total = self.total

        tax_invoice_no: None | str | Unset
        if isinstance(self.tax_invoice_no, Unset):
            tax_invoice_no = UNSET
        else:
            tax_invoice_no = self.tax_invoice_no

        replaces: None | str | Unset
        if isinstance(self.replaces, Unset):
            replaces = UNSET
        else:
            replaces = self.replaces

        credits_: None | str | Unset
        if isinstance(self.credits_, Unset):
            credits_ = UNSET
        else:
            credits_ = self.credits_

        file_id: None | str | Unset
        if isinstance(self.file_id, Unset):
            file_id = UNSET
        else:
            file_id = self.file_id

        note: None | str | Unset
        if isinstance(self.note, Unset):
            note = UNSET
        else:
            note = self.note

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "reference": reference,
                "issued_on": issued_on,
            }
        )
        if kind is not UNSET:
            field_dict["kind"] = kind
        if lines is not UNSET:
            field_dict["lines"] = lines
        if tooling is not UNSET:
            field_dict["tooling"] = tooling
        if ppn is not UNSET:
            field_dict["ppn"] = ppn
        if total is not UNSET:
            field_dict["total"] = total
        if tax_invoice_no is not UNSET:
            field_dict["tax_invoice_no"] = tax_invoice_no
        if replaces is not UNSET:
            field_dict["replaces"] = replaces
        if credits_ is not UNSET:
            field_dict["credits"] = credits_
        if file_id is not UNSET:
            field_dict["file_id"] = file_id
        if note is not UNSET:
            field_dict["note"] = note

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.invoice_line_in import InvoiceLineIn  # noqa: PLC0415
        from ..models.invoice_tooling_in import InvoiceToolingIn  # noqa: PLC0415

        d = dict(src_dict)
        reference = d.pop("reference")

        issued_on = datetime.date.fromisoformat(d.pop("issued_on"))

        _kind = d.pop("kind", UNSET)
        kind: InvoiceRecordKind | Unset
        if isinstance(_kind, Unset):
            kind = UNSET
        else:
            kind = check_invoice_record_kind(_kind)

        _lines = d.pop("lines", UNSET)
        lines: list[InvoiceLineIn] | Unset = UNSET
        if _lines is not UNSET:
            lines = []
            for lines_item_data in _lines:
                lines_item = InvoiceLineIn.from_dict(lines_item_data)

                lines.append(lines_item)

        _tooling = d.pop("tooling", UNSET)
        tooling: list[InvoiceToolingIn] | Unset = UNSET
        if _tooling is not UNSET:
            tooling = []
            for tooling_item_data in _tooling:
                tooling_item = InvoiceToolingIn.from_dict(tooling_item_data)

                tooling.append(tooling_item)

        def _parse_ppn(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        ppn = _parse_ppn(d.pop("ppn", UNSET))

        def _parse_total(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        total = _parse_total(d.pop("total", UNSET))

        def _parse_tax_invoice_no(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        tax_invoice_no = _parse_tax_invoice_no(d.pop("tax_invoice_no", UNSET))

        def _parse_replaces(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        replaces = _parse_replaces(d.pop("replaces", UNSET))

        def _parse_credits_(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        credits_ = _parse_credits_(d.pop("credits", UNSET))

        def _parse_file_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        file_id = _parse_file_id(d.pop("file_id", UNSET))

        def _parse_note(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        note = _parse_note(d.pop("note", UNSET))

        built_ = cls(
            reference=reference,
            issued_on=issued_on,
            kind=kind,
            lines=lines,
            tooling=tooling,
            ppn=ppn,
            total=total,
            tax_invoice_no=tax_invoice_no,
            replaces=replaces,
            credits_=credits_,
            file_id=file_id,
            note=note,
        )

        return built_
