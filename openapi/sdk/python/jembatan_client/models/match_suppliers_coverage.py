from typing import Literal

MatchSuppliersCoverage = Literal["cooperative", "single", "with_outside_operations"]

MATCH_SUPPLIERS_COVERAGE_VALUES: set[MatchSuppliersCoverage] = {
    "cooperative",
    "single",
    "with_outside_operations",
}


def check_match_suppliers_coverage(value: str) -> MatchSuppliersCoverage:
    if value in MATCH_SUPPLIERS_COVERAGE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {MATCH_SUPPLIERS_COVERAGE_VALUES!r}")
