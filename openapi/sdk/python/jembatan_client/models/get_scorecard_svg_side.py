from typing import Literal

GetScorecardSvgSide = Literal["buyer", "supplier"]

GET_SCORECARD_SVG_SIDE_VALUES: set[GetScorecardSvgSide] = {
    "buyer",
    "supplier",
}


def check_get_scorecard_svg_side(value: str) -> GetScorecardSvgSide:
    if value in GET_SCORECARD_SVG_SIDE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {GET_SCORECARD_SVG_SIDE_VALUES!r}")
