"""Which policy counts a request, and the header fields that tell of it."""

from api.context import Context
from api.contract import Api
from api.refusals import RateLimited
from api.services import Services
from domain.actors import Actor
from domain.rate_limits.model import Allowance, Policy

EXPENSIVE = "expensive"


async def count(services: Services, api: Api, operation: str, actor: Actor, address: str, context: Context) -> None:
    """Count the request, under the policy of its credential and, where it is expensive, under that of its operation too.

    What needs no key is counted only where it is expensive (a registration), by the address it comes from.
    Raises RateLimited.
    """
    settings = services.settings
    who = f"ip:{address[:60]}" if actor.credential_id is None else f"crd:{actor.credential_id.hex}"
    if settings.rate_per_minute and actor.credential_id is not None:
        policy = Policy(name="default", per_minute=settings.rate_per_minute, burst=settings.rate_burst)
        _judge(await services.blocks.take(services.db, who, policy), context)
    if api.expensive and settings.expensive_per_minute:
        policy = Policy(name=EXPENSIVE, per_minute=settings.expensive_per_minute, burst=settings.expensive_burst)
        _judge(await services.blocks.take(services.db, f"{who}:{operation[:60]}", policy), context)


def _judge(allowance: Allowance, context: Context) -> None:
    """Tell of it in the answer (draft-ietf-httpapi-ratelimit-headers), or refuse."""
    policy = allowance.policy
    context.rate_limit_policy.append(
        f'"{policy.name}";q={policy.burst};w={max(1, round(policy.window.total_seconds()))}'
    )
    context.rate_limit.append(f'"{policy.name}";r={allowance.left};t={allowance.whole_in}')
    if allowance.wait:
        raise RateLimited(
            f"This key may send {policy.per_minute} requests a minute"
            f"{' to this operation' if policy.name == EXPENSIVE else ''}, {policy.burst} of them at once. "
            f"Wait {allowance.wait} s, then send the same request again with the same Idempotency-Key.",
            allowance.wait,
        )
