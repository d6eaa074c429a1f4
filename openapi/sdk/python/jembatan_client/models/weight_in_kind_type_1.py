from typing import Literal

WeightInKindType1 = Literal["lead_time", "local_content", "payment_days", "price", "technical"]

WEIGHT_IN_KIND_TYPE_1_VALUES: set[WeightInKindType1] = {
    "lead_time",
    "local_content",
    "payment_days",
    "price",
    "technical",
}


def check_weight_in_kind_type_1(value: str) -> WeightInKindType1:
    if value in WEIGHT_IN_KIND_TYPE_1_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {WEIGHT_IN_KIND_TYPE_1_VALUES!r}")
