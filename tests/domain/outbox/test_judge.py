"""What follows from an attempt, as a table."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from delivery_samples import claimed

from domain.outbox.model import DELAYS, MAX_ATTEMPTS, Attempt
from domain.outbox.rules import judge
from domain.webhooks.model import TEST
from domain.webhooks.secrets import key_of, new_secret

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
CREATED = NOW - timedelta(hours=76)
DELIVERY = claimed(NOW, created_at=CREATED)


def outcome(
    status: int | None,
    *,
    attempts: int = 1,
    jitter: float = 0.5,
    retry_after: timedelta | None = None,
    passed_over: bool = False,
    type_: str = DELIVERY.type,
    last_success_at: datetime | None = NOW,
) -> tuple[str, float, bool, str | None]:
    """(state, seconds until the next attempt, passed over, why disabled)."""
    error = None if status is not None and 200 <= status < 300 else "status"
    verdict = judge(
        msgspec.structs.replace(DELIVERY, attempts=attempts, passed_over=passed_over, type=type_),
        Attempt(status=status, error=error, milliseconds=1, retry_after=retry_after),
        last_success_at=last_success_at,
        now=NOW,
        jitter=jitter,
    )
    return verdict.state, (verdict.next_attempt_at - NOW).total_seconds(), verdict.passed_over, verdict.disable


def test_ten_attempts_take_about_75_hours() -> None:
    assert MAX_ATTEMPTS == 10
    assert sum(DELAYS, timedelta()) == timedelta(hours=75, minutes=35, seconds=5)


@pytest.mark.parametrize(("attempts", "delay"), list(enumerate(DELAYS, 1)))
def test_each_delay_with_its_jitter(attempts: int, delay: timedelta) -> None:
    seconds = delay.total_seconds()
    for jitter, factor in ((0.0, 0.9), (0.5, 1.0), (1.0, 1.1)):
        state, waits, _, _ = outcome(500, attempts=attempts, jitter=jitter)
        assert state == "pending"
        assert waits == pytest.approx(seconds * factor)


def test_success_ends_it() -> None:
    assert outcome(204, attempts=10, last_success_at=None) == ("succeeded", 0, False, None)


@pytest.mark.parametrize(
    ("status", "attempts", "passed"),
    [(422, 3, False), (422, 4, True), (404, 9, True), (500, 9, False), (None, 9, False), (301, 9, False), (429, 9, False),
     (408, 9, False), (425, 9, False)],
)  # fmt: skip
def test_only_refusals_are_passed_over(status: int | None, attempts: int, passed: bool) -> None:
    assert outcome(status, attempts=attempts)[2] is passed


def test_what_was_passed_over_stays_so() -> None:
    assert outcome(500, attempts=6, passed_over=True)[2]


def test_retry_after_lengthens_and_never_shortens() -> None:
    assert outcome(503, retry_after=timedelta(hours=1))[1] == 3600
    assert outcome(503, attempts=9, retry_after=timedelta(seconds=1))[1] == 24 * 3600
    assert outcome(503, retry_after=timedelta(days=400))[1] == 24 * 3600


@pytest.mark.parametrize(
    ("last_success_at", "disable"),
    [(None, "failing"), (CREATED - timedelta(1), "failing"), (CREATED, None), (NOW, None)],
)
def test_the_last_attempt(last_success_at: datetime | None, disable: str | None) -> None:
    assert outcome(500, attempts=10, last_success_at=last_success_at) == ("dead", 0, False, disable)


def test_gone() -> None:
    assert outcome(410)[0::3] == ("pending", "gone")
    assert outcome(410, attempts=10, last_success_at=None)[0::3] == ("dead", "gone")


def test_a_test_is_sent_once() -> None:
    assert outcome(500, type_=TEST, last_success_at=None) == ("dead", 0, False, None)
    assert outcome(410, type_=TEST)[0::3] == ("dead", "gone")


def test_a_secret_has_the_standard_form() -> None:
    secret = new_secret()
    assert secret.startswith("whsec_")
    assert 24 <= len(key_of(secret)) <= 64
    assert secret != new_secret()
