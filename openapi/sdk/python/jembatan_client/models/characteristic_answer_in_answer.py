from typing import Literal

CharacteristicAnswerInAnswer = Literal["cannot", "comply", "deviate"]

CHARACTERISTIC_ANSWER_IN_ANSWER_VALUES: set[CharacteristicAnswerInAnswer] = {
    "cannot",
    "comply",
    "deviate",
}


def check_characteristic_answer_in_answer(value: str) -> CharacteristicAnswerInAnswer:
    if value in CHARACTERISTIC_ANSWER_IN_ANSWER_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CHARACTERISTIC_ANSWER_IN_ANSWER_VALUES!r}")
