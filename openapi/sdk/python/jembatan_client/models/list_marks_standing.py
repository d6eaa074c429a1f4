from typing import Literal

ListMarksStanding = Literal["contested", "counted", "pending", "withdrawn"]

LIST_MARKS_STANDING_VALUES: set[ListMarksStanding] = {
    "contested",
    "counted",
    "pending",
    "withdrawn",
}


def check_list_marks_standing(value: str) -> ListMarksStanding:
    if value in LIST_MARKS_STANDING_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {LIST_MARKS_STANDING_VALUES!r}")
