from typing import Literal

ObjectionDecideOutcome = Literal["dismissed", "upheld"]

OBJECTION_DECIDE_OUTCOME_VALUES: set[ObjectionDecideOutcome] = {
    "dismissed",
    "upheld",
}


def check_objection_decide_outcome(value: str) -> ObjectionDecideOutcome:
    if value in OBJECTION_DECIDE_OUTCOME_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {OBJECTION_DECIDE_OUTCOME_VALUES!r}")
