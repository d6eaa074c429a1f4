from typing import Literal

GetScorecardWindow = Literal["180d", "365d", "90d"]

GET_SCORECARD_WINDOW_VALUES: set[GetScorecardWindow] = {
    "180d",
    "365d",
    "90d",
}


def check_get_scorecard_window(value: str) -> GetScorecardWindow:
    if value in GET_SCORECARD_WINDOW_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {GET_SCORECARD_WINDOW_VALUES!r}")
