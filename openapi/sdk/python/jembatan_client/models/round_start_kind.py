from typing import Literal

RoundStartKind = Literal["best_and_final", "negotiation"]

ROUND_START_KIND_VALUES: set[RoundStartKind] = {
    "best_and_final",
    "negotiation",
}


def check_round_start_kind(value: str) -> RoundStartKind:
    if value in ROUND_START_KIND_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {ROUND_START_KIND_VALUES!r}")
