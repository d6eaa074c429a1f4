from typing import Literal

DespatchCreateKind = Literal["production", "sample"]

DESPATCH_CREATE_KIND_VALUES: set[DespatchCreateKind] = {
    "production",
    "sample",
}


def check_despatch_create_kind(value: str) -> DespatchCreateKind:
    if value in DESPATCH_CREATE_KIND_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {DESPATCH_CREATE_KIND_VALUES!r}")
