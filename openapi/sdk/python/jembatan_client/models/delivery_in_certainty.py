from typing import Literal

DeliveryInCertainty = Literal["firm", "forecast"]

DELIVERY_IN_CERTAINTY_VALUES: set[DeliveryInCertainty] = {
    "firm",
    "forecast",
}


def check_delivery_in_certainty(value: str) -> DeliveryInCertainty:
    if value in DELIVERY_IN_CERTAINTY_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {DELIVERY_IN_CERTAINTY_VALUES!r}")
