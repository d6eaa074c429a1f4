from typing import Literal

CertificateInState = Literal["in_process", "missing", "valid"]

CERTIFICATE_IN_STATE_VALUES: set[CertificateInState] = {
    "in_process",
    "missing",
    "valid",
}


def check_certificate_in_state(value: str) -> CertificateInState:
    if value in CERTIFICATE_IN_STATE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CERTIFICATE_IN_STATE_VALUES!r}")
