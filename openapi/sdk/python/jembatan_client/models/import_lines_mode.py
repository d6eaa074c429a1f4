from typing import Literal

ImportLinesMode = Literal["append", "replace"]

IMPORT_LINES_MODE_VALUES: set[ImportLinesMode] = {
    "append",
    "replace",
}


def check_import_lines_mode(value: str) -> ImportLinesMode:
    if value in IMPORT_LINES_MODE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {IMPORT_LINES_MODE_VALUES!r}")
