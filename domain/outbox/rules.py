"""What follows from an attempt to deliver. All pure."""

from datetime import datetime

from msgspec.structs import replace

from domain.outbox.model import (
    DELAYS,
    JITTER,
    MAX_ATTEMPTS,
    MAX_RETRY_AFTER,
    PASS_OVER_AFTER,
    Attempt,
    Claimed,
    Verdict,
)
from domain.webhooks.model import FAILING, GONE, TEST

STATUS_GONE = 410
TEMPORARY = frozenset({408, 425, 429})
"""Statuses from 400 to 499 that say "later", not "never"."""


def judge(
    delivery: Claimed, attempt: Attempt, *, last_success_at: datetime | None, now: datetime, jitter: float
) -> Verdict:
    """What follows from `attempt`. `last_success_at` is the endpoint's; `jitter` a random number from 0 to 1."""
    verdict = Verdict(
        state="pending", next_attempt_at=now, passed_over=delivery.passed_over, paused_until=None, disable=None
    )
    if attempt.error is None:
        return replace(verdict, state="succeeded")
    status = attempt.status or 0
    pause = None if attempt.retry_after is None else min(attempt.retry_after, MAX_RETRY_AFTER)
    verdict = replace(
        verdict,
        paused_until=None if pause is None else now + pause,
        disable=GONE if status == STATUS_GONE else None,
    )
    if delivery.type == TEST:
        return replace(verdict, state="dead")
    if delivery.attempts >= MAX_ATTEMPTS:
        # In the days since this delivery was made the endpoint took nothing at all: it is dead itself.
        is_down = last_success_at is None or last_success_at < delivery.created_at
        return replace(verdict, state="dead", disable=verdict.disable or (FAILING if is_down else None))
    delay = DELAYS[delivery.attempts - 1] * (1 + JITTER * (2 * jitter - 1))
    is_refused = 400 <= status < 500 and status not in TEMPORARY  # noqa: PLR2004  the class of the status
    return replace(
        verdict,
        next_attempt_at=now + (delay if pause is None else max(delay, pause)),
        passed_over=delivery.passed_over or (is_refused and delivery.attempts >= PASS_OVER_AFTER),
    )
