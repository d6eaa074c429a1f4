from typing import Literal

MarkDecideDecision = Literal["upheld", "withdrawn"]

MARK_DECIDE_DECISION_VALUES: set[MarkDecideDecision] = {
    "upheld",
    "withdrawn",
}


def check_mark_decide_decision(value: str) -> MarkDecideDecision:
    if value in MARK_DECIDE_DECISION_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {MARK_DECIDE_DECISION_VALUES!r}")
