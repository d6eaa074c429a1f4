from typing import Literal

InspectionPlanPutAqlMinorType2Type1 = Literal[
    "0.010",
    "0.015",
    "0.025",
    "0.040",
    "0.065",
    "0.10",
    "0.15",
    "0.25",
    "0.40",
    "0.65",
    "1.0",
    "1.5",
    "10",
    "100",
    "1000",
    "15",
    "150",
    "2.5",
    "25",
    "250",
    "4.0",
    "40",
    "400",
    "6.5",
    "65",
    "650",
]

INSPECTION_PLAN_PUT_AQL_MINOR_TYPE_2_TYPE_1_VALUES: set[InspectionPlanPutAqlMinorType2Type1] = {
    "0.010",
    "0.015",
    "0.025",
    "0.040",
    "0.065",
    "0.10",
    "0.15",
    "0.25",
    "0.40",
    "0.65",
    "1.0",
    "1.5",
    "10",
    "100",
    "1000",
    "15",
    "150",
    "2.5",
    "25",
    "250",
    "4.0",
    "40",
    "400",
    "6.5",
    "65",
    "650",
}


def check_inspection_plan_put_aql_minor_type_2_type_1(value: str) -> InspectionPlanPutAqlMinorType2Type1:
    if value in INSPECTION_PLAN_PUT_AQL_MINOR_TYPE_2_TYPE_1_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {INSPECTION_PLAN_PUT_AQL_MINOR_TYPE_2_TYPE_1_VALUES!r}"
    )
