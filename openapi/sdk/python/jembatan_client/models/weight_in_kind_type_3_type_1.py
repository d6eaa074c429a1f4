from typing import Literal

WeightInKindType3Type1 = Literal["lead_time", "local_content", "payment_days", "price", "technical"]

WEIGHT_IN_KIND_TYPE_3_TYPE_1_VALUES: set[WeightInKindType3Type1] = {
    "lead_time",
    "local_content",
    "payment_days",
    "price",
    "technical",
}


def check_weight_in_kind_type_3_type_1(value: str) -> WeightInKindType3Type1:
    if value in WEIGHT_IN_KIND_TYPE_3_TYPE_1_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {WEIGHT_IN_KIND_TYPE_3_TYPE_1_VALUES!r}")
