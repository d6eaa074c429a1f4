"""The catalogue: every check there is, in reading order. Those without SQL are made by `api/doctor.py`."""

from domain.doctor.checks import database, fulfilment, ledger, outside, records, sourcing
from domain.doctor.model import Check

CHECKS: tuple[Check, ...] = (
    *sourcing.CHECKS,
    *fulfilment.CHECKS,
    *ledger.CHECKS,
    *records.CHECKS,
    *database.CHECKS,
    *outside.CHECKS,
)
"""In reading order."""

BY_ID: dict[str, Check] = {check.id: check for check in CHECKS}
"""By their ids, which never change their meaning."""
