"""When an organisation may be registered, corrected, verified, suspended; what its data may not contain."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec
import pytest

from domain.actors import SCOPES, SYSTEM, Actor, Role, Side
from domain.errors import Forbidden, Invalid, NotFound, Refusal, WrongState
from domain.organisations import rules
from domain.organisations.model import (
    MAX_MACHINES,
    Capabilities,
    Capacity,
    HeldCertificate,
    MachineEnvelope,
    MachineTool,
    Organisation,
    Policy,
    Profile,
)

NOW = datetime(2026, 11, 24, tzinfo=UTC)
OWN, OFFICE, RUNNER, RIVAL = (UUID(int=number) for number in range(1, 5))
NOTHING = Capabilities(
    processes=(),
    machines=(),
    materials=(),
    best_it_grade=None,
    tolerance_note=None,
    certificates=(),
    quality_equipment=(),
    capacity=(),
)
LATHE = MachineTool(
    name="lathe", count=1, processes=("turning",), envelope=None, force_t=None, max_mass_kg=None, note=None
)
SHOP = Organisation(
    id=OWN,
    state="registered",
    version=1,
    name="CV Contoh",
    roles=("supplier",),
    profile=Profile(nib="0000000000001"),
    policy=Policy(),
    capabilities=None,
    state_reason=None,
    verified_at=None,
    created_at=NOW,
    updated_at=NOW,
)


def actor(organisation_id: UUID, *roles: Role, verified: bool = True) -> Actor:
    return Actor(
        credential_id=UUID(int=9),
        organisation_id=organisation_id,
        name="key",
        roles=frozenset(roles),
        scopes=frozenset(SCOPES),
        verified=verified,
    )


OWNER = actor(OWN, Role.SUPPLIER)
FACILITATOR = actor(OFFICE, Role.FACILITATOR)
OPERATOR = actor(RUNNER, Role.OPERATOR)
STRANGER = actor(RIVAL, Role.BUYER, Role.SUPPLIER)


def changed(**changes: Any) -> Organisation:
    return msgspec.structs.replace(SHOP, **changes)


def able(**changes: Any) -> Capabilities:
    return msgspec.structs.replace(NOTHING, **changes)


def pointers(refusal: Refusal) -> list[str]:
    return [fault.pointer for fault in refusal.faults]


def test_who_stands_where() -> None:
    assert rules.sides(SHOP, OWNER) == (Side.OWNER,)
    assert rules.sides(SHOP, FACILITATOR) == (Side.FACILITATOR,)
    assert rules.sides(SHOP, OPERATOR) == (Side.OPERATOR,)
    assert rules.sides(SHOP, SYSTEM) == (Side.SYSTEM,)
    for nobody in (STRANGER, actor(OFFICE, Role.FACILITATOR, verified=False)):
        with pytest.raises(NotFound):
            rules.sides(SHOP, nobody)


@pytest.mark.parametrize("roles", [["operator"], ["buyer", "operator"], [], ["buyer", "buyer"]])
def test_not_every_set_of_roles_can_be_asked_for(roles: list[str]) -> None:
    with pytest.raises(Invalid) as raised:
        rules.decide_register(roles)
    assert pointers(raised.value) == ["/roles"]


def test_the_first_key_has_the_scopes_that_fit_the_roles() -> None:
    assert "organisations:verify" in rules.scopes_of(["facilitator"])
    assert not {"rfqs:write", "quotes:read", "files:read"} & set(rules.scopes_of(["facilitator"]))
    assert not {"quotes:submit", "organisations:verify"} & set(rules.scopes_of(["buyer"]))
    assert not {"rfqs:open", "awards:issue"} & set(rules.scopes_of(["supplier"]))
    both = rules.scopes_of(["buyer", "supplier"])
    assert both == [scope for scope in SCOPES if scope != "organisations:verify"]


def test_numbers_get_one_form_and_doubts_are_told() -> None:
    given = Profile(
        nib="0000 0000-0000.1", npwp="09.900.001.0-999.000", kbli=("25.910", "25910"), region_code=" 35.15 "
    )
    checked, warnings = rules.checked_profile(given)
    assert (checked.nib, checked.npwp) == ("0000000000001", "0099000010999000")
    assert (checked.kbli, checked.region_code, warnings) == (("25910",), "35.15", [])
    _, warnings = rules.checked_profile(Profile(npwp="099000011999000"))
    assert warnings == ["The check digit of this NPWP does not fit."]
    assert rules.checked_profile(Profile()) == (Profile(), [])


def test_every_wrong_number_is_named() -> None:
    given = Profile(nib="1", npwp="2", region_code="x", postal_code="01234", kbli=("25910", "3"))
    with pytest.raises(Invalid) as raised:
        rules.checked_profile(given)
    assert pointers(raised.value) == [
        "/profile/nib",
        "/profile/npwp",
        "/profile/region_code",
        "/profile/postal_code",
        "/profile/kbli/1",
    ]


def test_before_a_verification_the_owner_corrects_everything() -> None:
    profile = msgspec.structs.replace(SHOP.profile, nib="0000000000002")
    assert rules.decide_update(SHOP, "CV Lain", profile, OWNER).action == "update"
    with pytest.raises(Forbidden):
        rules.decide_update(SHOP, "CV Lain", profile, FACILITATOR)
    with pytest.raises(NotFound):
        rules.decide_update(SHOP, "CV Lain", profile, STRANGER)


def test_what_was_vouched_for_is_corrected_by_the_operator() -> None:
    shop = changed(state="verified", verified_at=NOW)
    profile = msgspec.structs.replace(shop.profile, nib=None, npwp="0099000010999000", legal_form="PT", workers=9)
    with pytest.raises(Forbidden) as raised:
        rules.decide_update(shop, "PT Terkenal", profile, OWNER)
    assert pointers(raised.value) == ["/name", "/profile/legal_form", "/profile/nib", "/profile/npwp"]
    assert rules.decide_update(shop, "PT Terkenal", profile, OPERATOR).target is None
    rest = msgspec.structs.replace(shop.profile, workers=9, phone="1", region_code="35.15")
    assert rules.decide_update(shop, shop.name, rest, OWNER).target is None


@pytest.mark.parametrize("judge", [FACILITATOR, OPERATOR])
def test_a_facilitator_or_the_operator_judges_a_workshop(judge: Actor) -> None:
    assert rules.decide_verify(SHOP, judge).target == "verified"
    assert rules.decide_verify(changed(state="suspended"), judge).target == "verified"
    assert rules.decide_suspend(changed(state="verified"), judge, "own_request").target == "suspended"


def test_a_judgement_has_its_limits() -> None:
    with pytest.raises(WrongState):
        rules.decide_verify(changed(state="verified"), FACILITATOR)
    with pytest.raises(WrongState):
        rules.decide_suspend(changed(state="suspended"), OPERATOR, "own_request")
    with pytest.raises(Forbidden):
        rules.decide_verify(SHOP, OWNER)
    with pytest.raises(NotFound):
        rules.decide_verify(SHOP, STRANGER)
    with pytest.raises(Invalid) as raised:
        rules.decide_suspend(SHOP, FACILITATOR, "no_such_reason")
    assert pointers(raised.value) == ["/reason"]


@pytest.mark.parametrize("roles", [("facilitator",), ("operator",), ("supplier", "facilitator")])
def test_only_the_operator_judges_those_who_judge(roles: tuple[str, ...]) -> None:
    with pytest.raises(Forbidden, match="operator"):
        rules.decide_verify(changed(roles=roles), FACILITATOR)
    with pytest.raises(Forbidden, match="operator"):
        rules.decide_suspend(changed(roles=roles), FACILITATOR, "other")
    assert rules.decide_verify(changed(roles=roles), OPERATOR).target == "verified"


def test_nobody_judges_itself() -> None:
    own = changed(id=RUNNER, roles=("operator",), state="verified")
    with pytest.raises(Forbidden, match="itself"):
        rules.decide_suspend(own, OPERATOR, "own_request")
    allowed, blocked = rules.available(own, OPERATOR, now=NOW)
    assert allowed == ["update_organisation"]
    assert [name for name, _ in blocked] == ["suspend_organisation", "put_capabilities"]


def test_what_may_be_done_is_what_would_be_done() -> None:
    assert rules.available(SHOP, OWNER, now=NOW)[0] == ["update_organisation", "put_capabilities"]
    assert rules.available(SHOP, FACILITATOR, now=NOW)[0] == ["verify_organisation", "suspend_organisation"]
    office = changed(roles=("facilitator",))
    assert rules.available(office, FACILITATOR, now=NOW)[0] == []
    assert rules.available(office, OPERATOR, now=NOW)[0] == [
        "update_organisation",
        "verify_organisation",
        "suspend_organisation",
    ]


def test_capabilities_belong_to_suppliers() -> None:
    assert rules.decide_put_capabilities(SHOP, NOTHING, OWNER).target is None
    with pytest.raises(Forbidden, match="supplier"):
        rules.decide_put_capabilities(changed(roles=("buyer",)), NOTHING, OWNER)
    with pytest.raises(Forbidden):
        rules.decide_put_capabilities(SHOP, NOTHING, FACILITATOR)
    with pytest.raises(WrongState):
        rules.decide_put_capabilities(changed(state="suspended"), NOTHING, OWNER)


def machine(**changes: Any) -> MachineTool:
    return msgspec.structs.replace(LATHE, **changes)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (able(processes=("turning", "knitting")), ["/processes/1"]),
        (able(processes=("milling",), machines=(LATHE,)), ["/machines/0/processes/0"]),
        (able(processes=("turning",), machines=(LATHE,) * (MAX_MACHINES + 1)), ["/machines"]),
        (
            able(
                processes=("turning",),
                machines=(
                    machine(force_t=Decimal(0), max_mass_kg=Decimal(-1)),
                    machine(
                        envelope=MachineEnvelope(
                            diameter_mm=Decimal(0), length_mm=Decimal(1), width_mm=None, height_mm=Decimal(-5)
                        )
                    ),
                ),
            ),
            [
                "/machines/0/force_t",
                "/machines/0/max_mass_kg",
                "/machines/1/envelope/diameter_mm",
                "/machines/1/envelope/height_mm",
            ],
        ),
        (
            able(certificates=(HeldCertificate(code="iso_0", number=None, valid_until=None, state="valid"),)),
            ["/certificates/0/code"],
        ),
        (
            able(capacity=(Capacity(quantity=Decimal(0), unit="ZZZ", note=None),)),
            ["/capacity/0/unit", "/capacity/0/quantity"],
        ),
    ],
)
def test_unknown_codes_and_impossible_sizes_are_named(said: Capabilities, expected: list[str]) -> None:
    with pytest.raises(Invalid) as raised:
        rules.decide_put_capabilities(SHOP, said, OWNER)
    assert pointers(raised.value) == expected


def test_a_machine_may_serve_what_is_implied() -> None:
    said = able(processes=("turning_cnc",), machines=(LATHE,))
    assert rules.decide_put_capabilities(SHOP, said, OWNER).action == "put_capabilities"


@pytest.mark.parametrize("name", ["", "x" * 201])
def test_the_operator_has_a_name(name: str) -> None:
    with pytest.raises(Invalid):
        rules.decide_initialise(name)
