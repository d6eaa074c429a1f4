from typing import Literal

GetScorecardSvgWindow = Literal["180d", "365d", "90d"]

GET_SCORECARD_SVG_WINDOW_VALUES: set[GetScorecardSvgWindow] = {
    "180d",
    "365d",
    "90d",
}


def check_get_scorecard_svg_window(value: str) -> GetScorecardSvgWindow:
    if value in GET_SCORECARD_SVG_WINDOW_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {GET_SCORECARD_SVG_WINDOW_VALUES!r}")
