"""Who reads a file by which document."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from msgspec.structs import replace
from samples import BUYER, SUPPLIER, THE_BUYER, THE_SUPPLIER, actor

from domain.actors import Actor, Role
from domain.errors import NdaRequired, NotFound, NotParticipating
from domain.files.model import File, Grant
from domain.files.rules import decide_read

NOW = datetime(2026, 1, 1, tzinfo=UTC)
FILE = File(
    id=UUID(int=9),
    organisation_id=BUYER,
    state="clean",
    version=2,
    name="a.pdf",
    media_type="application/pdf",
    size=1,
    sha256="00" * 32,
    storage_key="k",
    reject_reason=None,
    created_at=NOW,
    updated_at=NOW,
)
OPEN = Grant(
    rfq_id=UUID(int=50),
    document_id=UUID(int=60),
    confidential=False,
    visibility="open",
    nda_required=True,
    participation=None,
    nda_version=2,
    accepted_version=None,
)
SECRET = replace(OPEN, confidential=True)
INVITED = replace(SECRET, visibility="invited", participation="invited")
BOUND = replace(INVITED, accepted_version=2)
OUTDATED = replace(INVITED, accepted_version=1)
UNVERIFIED = replace(THE_SUPPLIER, verified=False)


@pytest.mark.parametrize(
    ("who", "grants", "read_by"),
    [
        (THE_BUYER, [], None),
        (THE_SUPPLIER, [OPEN], OPEN),
        (actor(UUID(int=7), Role.BUYER), [OPEN], OPEN),
        (THE_SUPPLIER, [BOUND], BOUND),
        (THE_SUPPLIER, [INVITED, BOUND], BOUND),
        (THE_SUPPLIER, [INVITED, OPEN], OPEN),
        (THE_SUPPLIER, [replace(INVITED, nda_required=False)], replace(INVITED, nda_required=False)),
        (UNVERIFIED, [BOUND], BOUND),
        (THE_SUPPLIER, [replace(OPEN, visibility="invited", participation="declined")], True),
    ],
)
def test_who_reads(who: Actor, grants: list[Grant], read_by: Grant | bool | None) -> None:
    found = decide_read(FILE, grants, who)
    assert found == (grants[0] if read_by is True else read_by)


@pytest.mark.parametrize(
    ("who", "grants", "refusal"),
    [
        (THE_SUPPLIER, [], NotFound),
        (THE_SUPPLIER, [replace(OPEN, visibility="invited")], NotFound),
        (UNVERIFIED, [OPEN], NotFound),
        (actor(UUID(int=7), Role.FACILITATOR), [OPEN], NotFound),
        (actor(UUID(int=7), Role.OPERATOR), [OPEN], NotFound),
        (actor(UUID(int=7), Role.FACILITATOR, Role.OPERATOR), [OPEN], NotFound),
        (THE_SUPPLIER, [SECRET], NotParticipating),
        (THE_SUPPLIER, [INVITED], NdaRequired),
        (THE_SUPPLIER, [replace(INVITED, participation="interested")], NdaRequired),
        (THE_SUPPLIER, [OUTDATED], NdaRequired),
        (THE_SUPPLIER, [replace(BOUND, participation="declined")], NotParticipating),
    ],
)
def test_who_does_not(who: Actor, grants: list[Grant], refusal: type[Exception]) -> None:
    assert who.organisation_id != SUPPLIER or who.organisation_id != FILE.organisation_id
    with pytest.raises(refusal):
        decide_read(FILE, grants, who)
