from typing import Literal

CostClaimAnswerAnswer = Literal["agreed", "contested"]

COST_CLAIM_ANSWER_ANSWER_VALUES: set[CostClaimAnswerAnswer] = {
    "agreed",
    "contested",
}


def check_cost_claim_answer_answer(value: str) -> CostClaimAnswerAnswer:
    if value in COST_CLAIM_ANSWER_ANSWER_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {COST_CLAIM_ANSWER_ANSWER_VALUES!r}")
