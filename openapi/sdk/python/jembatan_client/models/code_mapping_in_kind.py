from typing import Literal

CodeMappingInKind = Literal["certificate", "material", "process", "unit"]

CODE_MAPPING_IN_KIND_VALUES: set[CodeMappingInKind] = {
    "certificate",
    "material",
    "process",
    "unit",
}


def check_code_mapping_in_kind(value: str) -> CodeMappingInKind:
    if value in CODE_MAPPING_IN_KIND_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CODE_MAPPING_IN_KIND_VALUES!r}")
