from typing import Literal

DocumentAttachKind = Literal["drawing", "model", "package", "photo", "specification"]

DOCUMENT_ATTACH_KIND_VALUES: set[DocumentAttachKind] = {
    "drawing",
    "model",
    "package",
    "photo",
    "specification",
}


def check_document_attach_kind(value: str) -> DocumentAttachKind:
    if value in DOCUMENT_ATTACH_KIND_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {DOCUMENT_ATTACH_KIND_VALUES!r}")
