from typing import Literal

ScheduleLineInCertainty = Literal["firm", "forecast"]

SCHEDULE_LINE_IN_CERTAINTY_VALUES: set[ScheduleLineInCertainty] = {
    "firm",
    "forecast",
}


def check_schedule_line_in_certainty(value: str) -> ScheduleLineInCertainty:
    if value in SCHEDULE_LINE_IN_CERTAINTY_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {SCHEDULE_LINE_IN_CERTAINTY_VALUES!r}")
