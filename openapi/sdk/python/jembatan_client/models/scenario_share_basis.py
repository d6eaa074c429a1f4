from typing import Literal

ScenarioShareBasis = Literal["quantity", "value"]

SCENARIO_SHARE_BASIS_VALUES: set[ScenarioShareBasis] = {
    "quantity",
    "value",
}


def check_scenario_share_basis(value: str) -> ScenarioShareBasis:
    if value in SCENARIO_SHARE_BASIS_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {SCENARIO_SHARE_BASIS_VALUES!r}")
