from typing import Literal

GetSamplingPlanAql = Literal[
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

GET_SAMPLING_PLAN_AQL_VALUES: set[GetSamplingPlanAql] = {
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


def check_get_sampling_plan_aql(value: str) -> GetSamplingPlanAql:
    if value in GET_SAMPLING_PLAN_AQL_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {GET_SAMPLING_PLAN_AQL_VALUES!r}")
