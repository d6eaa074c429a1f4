from typing import Literal

MarkReplyInOutcome = Literal["accepted", "contested"]

MARK_REPLY_IN_OUTCOME_VALUES: set[MarkReplyInOutcome] = {
    "accepted",
    "contested",
}


def check_mark_reply_in_outcome(value: str) -> MarkReplyInOutcome:
    if value in MARK_REPLY_IN_OUTCOME_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {MARK_REPLY_IN_OUTCOME_VALUES!r}")
