from typing import Literal

LocalContentInBasis = Literal["certificate", "computed", "none", "self_declared"]

LOCAL_CONTENT_IN_BASIS_VALUES: set[LocalContentInBasis] = {
    "certificate",
    "computed",
    "none",
    "self_declared",
}


def check_local_content_in_basis(value: str) -> LocalContentInBasis:
    if value in LOCAL_CONTENT_IN_BASIS_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {LOCAL_CONTENT_IN_BASIS_VALUES!r}")
