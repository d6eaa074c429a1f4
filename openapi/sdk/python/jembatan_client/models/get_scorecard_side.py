from typing import Literal

GetScorecardSide = Literal["buyer", "supplier"]

GET_SCORECARD_SIDE_VALUES: set[GetScorecardSide] = {
    "buyer",
    "supplier",
}


def check_get_scorecard_side(value: str) -> GetScorecardSide:
    if value in GET_SCORECARD_SIDE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {GET_SCORECARD_SIDE_VALUES!r}")
