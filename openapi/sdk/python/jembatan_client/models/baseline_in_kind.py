from typing import Literal

BaselineInKind = Literal["import", "local", "new"]

BASELINE_IN_KIND_VALUES: set[BaselineInKind] = {
    "import",
    "local",
    "new",
}


def check_baseline_in_kind(value: str) -> BaselineInKind:
    if value in BASELINE_IN_KIND_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {BASELINE_IN_KIND_VALUES!r}")
