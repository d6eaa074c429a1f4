from typing import Literal

ImportLinesDecimal = Literal["auto", "comma", "point"]

IMPORT_LINES_DECIMAL_VALUES: set[ImportLinesDecimal] = {
    "auto",
    "comma",
    "point",
}


def check_import_lines_decimal(value: str) -> ImportLinesDecimal:
    if value in IMPORT_LINES_DECIMAL_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {IMPORT_LINES_DECIMAL_VALUES!r}")
