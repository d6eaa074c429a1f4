from typing import Literal

ListMarksSide = Literal["buyer", "supplier"]

LIST_MARKS_SIDE_VALUES: set[ListMarksSide] = {
    "buyer",
    "supplier",
}


def check_list_marks_side(value: str) -> ListMarksSide:
    if value in LIST_MARKS_SIDE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {LIST_MARKS_SIDE_VALUES!r}")
