"""When a credential may be made, rotated, revoked; how a secret looks."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import msgspec
import pytest

from domain.actors import SYSTEM, Actor
from domain.credentials import rules
from domain.credentials.model import MAX_ACTIVE, MAX_LIFE, ROTATION_OVERLAP, Credential
from domain.credentials.secrets import ALPHABET, digest, hint, is_well_formed, new_secret
from domain.errors import Forbidden, Invalid, LimitReached, NotFound, WrongState

NOW = datetime(2026, 11, 24, tzinfo=UTC)
DAY = timedelta(days=1)
OWN, OTHER = UUID(int=1), UUID(int=2)
ACTOR = Actor(
    credential_id=UUID(int=3), organisation_id=OWN, name="erp", scopes=frozenset({"rfqs:read", "credentials:write"})
)
STRANGER = msgspec.structs.replace(ACTOR, organisation_id=OTHER)
KEY = Credential(
    id=UUID(int=4),
    organisation_id=OWN,
    state="active",
    version=1,
    name="erp",
    person=None,
    scopes=("rfqs:read",),
    hint="jbt_abcdef",
    previous_until=None,
    expires_at=NOW + 90 * DAY,
    created_at=NOW,
    updated_at=NOW,
)


def test_a_credential_is_made_within_its_limits() -> None:
    assert rules.decide_create(ACTOR, ["rfqs:read"], NOW + MAX_LIFE, MAX_ACTIVE - 1, now=NOW).target == "active"
    assert rules.decide_create(SYSTEM, ["rfqs:write"], NOW + DAY, 0, now=NOW).target == "active"


@pytest.mark.parametrize(
    ("scopes", "ends", "pointers"),
    [
        (["rfqs:read", "rfqs:destroy"], NOW + DAY, ["/scopes/1"]),
        (["rfqs:read"], NOW, ["/expires_at"]),
        (["rfqs:read"], NOW + MAX_LIFE + timedelta(microseconds=1), ["/expires_at"]),
        (["x"], NOW - DAY, ["/scopes/0", "/expires_at"]),
    ],
)
def test_what_is_wrong_is_named(scopes: list[str], ends: datetime, pointers: list[str]) -> None:
    with pytest.raises(Invalid) as raised:
        rules.decide_create(ACTOR, scopes, ends, 0, now=NOW)
    assert [fault.pointer for fault in raised.value.faults] == pointers


def test_nobody_gives_scopes_that_he_lacks() -> None:
    with pytest.raises(Forbidden, match="rfqs:write"):
        rules.decide_create(ACTOR, ["rfqs:read", "rfqs:write"], NOW + DAY, 0, now=NOW)


def test_there_are_a_hundred_at_most() -> None:
    with pytest.raises(LimitReached):
        rules.decide_create(ACTOR, ["rfqs:read"], NOW + DAY, MAX_ACTIVE, now=NOW)


def test_only_the_owner_learns_of_it() -> None:
    with pytest.raises(NotFound):
        rules.decide_rotate(KEY, STRANGER, now=NOW)
    with pytest.raises(NotFound):
        rules.decide_revoke(KEY, STRANGER)


def test_the_old_secret_works_on_but_never_beyond_its_own_end() -> None:
    assert rules.overlap_ends(KEY, now=NOW) == NOW + ROTATION_OVERLAP
    soon = msgspec.structs.replace(KEY, expires_at=NOW + timedelta(hours=1))
    assert rules.overlap_ends(soon, now=NOW) == NOW + timedelta(hours=1)


def test_an_expired_key_is_not_brought_back() -> None:
    expired = msgspec.structs.replace(KEY, expires_at=NOW)
    assert rules.is_expired(expired, now=NOW)
    assert not rules.is_expired(expired, now=NOW - timedelta(microseconds=1))
    with pytest.raises(WrongState) as raised:
        rules.decide_rotate(expired, ACTOR, now=NOW)
    assert (raised.value.state, raised.value.allowed) == ("expired", ("revoke_credential",))
    allowed, blocked = rules.available(expired, ACTOR, now=NOW)
    assert (allowed, [name for name, _ in blocked]) == (["revoke_credential"], ["rotate_credential"])


def test_a_revoked_key_stays_revoked() -> None:
    revoked = msgspec.structs.replace(KEY, state="revoked")
    assert rules.available(revoked, ACTOR, now=NOW) == ([], [])
    with pytest.raises(WrongState):
        rules.decide_rotate(revoked, ACTOR, now=NOW)
    with pytest.raises(WrongState):
        rules.decide_revoke(revoked, ACTOR)


def test_a_secret_tells_a_typing_error_from_a_guess() -> None:
    secret = new_secret()
    assert is_well_formed(secret)
    assert new_secret() != secret
    assert hint(secret) == secret[:10]
    assert len(digest(secret)) == 32
    for place in range(len("jbt_"), len(secret)):
        other = ALPHABET[(ALPHABET.index(secret[place]) + 1) % len(ALPHABET)]
        assert not is_well_formed(secret[:place] + other + secret[place + 1 :])
    for wrong in ("", "jbt_", secret + "a", secret[:-1], "xyz_" + secret[4:], secret[:-1] + "ä"):
        assert not is_well_formed(wrong)
