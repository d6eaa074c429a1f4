from typing import Literal

AttachmentInKind = Literal["certificate", "datasheet", "drawing", "other", "photo", "process_plan"]

ATTACHMENT_IN_KIND_VALUES: set[AttachmentInKind] = {
    "certificate",
    "datasheet",
    "drawing",
    "other",
    "photo",
    "process_plan",
}


def check_attachment_in_kind(value: str) -> AttachmentInKind:
    if value in ATTACHMENT_IN_KIND_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {ATTACHMENT_IN_KIND_VALUES!r}")
