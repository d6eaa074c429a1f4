from typing import Literal

AddendumPublishIntent = Literal["benchmark", "budgetary", "firm"]

ADDENDUM_PUBLISH_INTENT_VALUES: set[AddendumPublishIntent] = {
    "benchmark",
    "budgetary",
    "firm",
}


def check_addendum_publish_intent(value: str) -> AddendumPublishIntent:
    if value in ADDENDUM_PUBLISH_INTENT_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {ADDENDUM_PUBLISH_INTENT_VALUES!r}")
