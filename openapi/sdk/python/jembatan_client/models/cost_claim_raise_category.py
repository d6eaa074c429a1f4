from typing import Literal

CostClaimRaiseCategory = Literal["line_stop", "material", "other", "rework", "sorting", "transport"]

COST_CLAIM_RAISE_CATEGORY_VALUES: set[CostClaimRaiseCategory] = {
    "line_stop",
    "material",
    "other",
    "rework",
    "sorting",
    "transport",
}


def check_cost_claim_raise_category(value: str) -> CostClaimRaiseCategory:
    if value in COST_CLAIM_RAISE_CATEGORY_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {COST_CLAIM_RAISE_CATEGORY_VALUES!r}")
