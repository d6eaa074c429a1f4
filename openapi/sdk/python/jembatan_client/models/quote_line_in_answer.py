from typing import Literal

QuoteLineInAnswer = Literal["declined", "priced"]

QUOTE_LINE_IN_ANSWER_VALUES: set[QuoteLineInAnswer] = {
    "declined",
    "priced",
}


def check_quote_line_in_answer(value: str) -> QuoteLineInAnswer:
    if value in QUOTE_LINE_IN_ANSWER_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {QUOTE_LINE_IN_ANSWER_VALUES!r}")
