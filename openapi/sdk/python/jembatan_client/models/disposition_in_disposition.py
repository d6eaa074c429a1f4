from typing import Literal

DispositionInDisposition = Literal["replace", "return", "rework", "scrap", "use_as_is"]

DISPOSITION_IN_DISPOSITION_VALUES: set[DispositionInDisposition] = {
    "replace",
    "return",
    "rework",
    "scrap",
    "use_as_is",
}


def check_disposition_in_disposition(value: str) -> DispositionInDisposition:
    if value in DISPOSITION_IN_DISPOSITION_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {DISPOSITION_IN_DISPOSITION_VALUES!r}")
