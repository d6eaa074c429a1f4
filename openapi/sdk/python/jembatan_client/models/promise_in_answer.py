from typing import Literal

PromiseInAnswer = Literal["accepted", "changed", "rejected"]

PROMISE_IN_ANSWER_VALUES: set[PromiseInAnswer] = {
    "accepted",
    "changed",
    "rejected",
}


def check_promise_in_answer(value: str) -> PromiseInAnswer:
    if value in PROMISE_IN_ANSWER_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {PROMISE_IN_ANSWER_VALUES!r}")
