from typing import Literal

InvoiceRecordKind = Literal["credit", "invoice"]

INVOICE_RECORD_KIND_VALUES: set[InvoiceRecordKind] = {
    "credit",
    "invoice",
}


def check_invoice_record_kind(value: str) -> InvoiceRecordKind:
    if value in INVOICE_RECORD_KIND_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {INVOICE_RECORD_KIND_VALUES!r}")
