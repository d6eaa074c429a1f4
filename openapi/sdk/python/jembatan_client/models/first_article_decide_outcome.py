from typing import Literal

FirstArticleDecideOutcome = Literal["approved", "approved_with_deviation", "rejected"]

FIRST_ARTICLE_DECIDE_OUTCOME_VALUES: set[FirstArticleDecideOutcome] = {
    "approved",
    "approved_with_deviation",
    "rejected",
}


def check_first_article_decide_outcome(value: str) -> FirstArticleDecideOutcome:
    if value in FIRST_ARTICLE_DECIDE_OUTCOME_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {FIRST_ARTICLE_DECIDE_OUTCOME_VALUES!r}")
