from typing import Literal

ToolingInOwnership = Literal["buyer", "supplier"]

TOOLING_IN_OWNERSHIP_VALUES: set[ToolingInOwnership] = {
    "buyer",
    "supplier",
}


def check_tooling_in_ownership(value: str) -> ToolingInOwnership:
    if value in TOOLING_IN_OWNERSHIP_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {TOOLING_IN_OWNERSHIP_VALUES!r}")
