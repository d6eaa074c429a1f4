"""Wire shapes of organisations."""

from typing import Annotated, Literal, Self

from msgspec import UNSET, Meta, UnsetType

from api.call import View, etag_of
from api.wire import (
    Blocked,
    Code,
    DecimalText,
    ETag,
    Id,
    In,
    Int64,
    Out,
    Page,
    Text40,
    Text80,
    Text200,
    Text2000,
    Timestamp,
    decimal_text,
    utc,
)
from domain.identity import size_class
from domain.ids import show
from domain.organisations import model, rules
from domain.vocabularies import state_label

RoleName = Literal["buyer", "supplier", "facilitator"]
Rupiah = Annotated[int, Meta(ge=0, le=10**15, extra_json_schema={"format": "int64"})]
Workers = Annotated[int, Meta(ge=0, le=1_000_000, extra_json_schema={"format": "int64"})]


class ProfileIn(In):
    """What an organisation says of itself. Amounts in whole rupiah, investment without land and buildings."""

    legal_form: Text40 | None = None
    nib: Text40 | None = None
    npwp: Text40 | None = None
    kbli: Annotated[list[Text40], Meta(max_length=20)] = []
    region_code: Text40 | None = None
    postal_code: Text40 | None = None
    address: Text200 | None = None
    contact_name: Text200 | None = None
    email: Annotated[str, Meta(min_length=3, max_length=200, pattern=r"^[^@\s]+@[^@\s]+\Z")] | None = None
    phone: Text40 | None = None
    pkp: bool = False
    workers: Workers | None = None
    investment_idr: Rupiah | None = None
    annual_sales_idr: Rupiah | None = None

    def model(self) -> model.Profile:
        """As the domain takes it."""
        values = {name: getattr(self, name) for name in self.__struct_fields__}
        return model.Profile(**{**values, "kbli": tuple(self.kbli)})


class RegistrationCreate(In, kw_only=True):
    """Who asks to join. The size class follows from workers, investment and sales; it cannot be typed in."""

    name: Text200
    roles: Annotated[list[RoleName], Meta(min_length=1, max_length=3)]
    profile: ProfileIn = ProfileIn()
    person: Annotated[str, Meta(min_length=1, max_length=120, description="Who will hold the first key.")] | None = None


class ProfilePatch(In):
    """What is absent stays, null clears."""

    legal_form: Text40 | None | UnsetType = UNSET
    nib: Text40 | None | UnsetType = UNSET
    npwp: Text40 | None | UnsetType = UNSET
    kbli: Annotated[list[Text40], Meta(max_length=20)] | UnsetType = UNSET
    region_code: Text40 | None | UnsetType = UNSET
    postal_code: Text40 | None | UnsetType = UNSET
    address: Text200 | None | UnsetType = UNSET
    contact_name: Text200 | None | UnsetType = UNSET
    email: Annotated[str, Meta(min_length=3, max_length=200, pattern=r"^[^@\s]+@[^@\s]+\Z")] | None | UnsetType = UNSET
    phone: Text40 | None | UnsetType = UNSET
    pkp: bool | UnsetType = UNSET
    workers: Workers | None | UnsetType = UNSET
    investment_idr: Rupiah | None | UnsetType = UNSET
    annual_sales_idr: Rupiah | None | UnsetType = UNSET


Percent = Annotated[
    str,
    Meta(
        pattern=r"^(100(\.0{1,2})?|[0-9]{1,2}(\.[0-9]{1,2})?)\Z",
        max_length=6,
        description="Of the agreed amount of an invoice's line: by so much it may differ and still be matched.",
        examples=["0.5"],
    ),
]
MinorUnits = Annotated[
    int,
    Meta(
        ge=0,
        le=1_000_000,
        description="The same in the smallest unit of the currency; the greater of the two counts.",
        extra_json_schema={"format": "int64"},
    ),
]


class PolicyPatch(In):
    """A buyer's own rules of sourcing; what is absent stays."""

    minimum_quoting_hours: Annotated[int, Meta(ge=0, le=8760, extra_json_schema={"format": "int64"})] | UnsetType = (
        UNSET
    )
    four_eyes_awards: bool | UnsetType = UNSET
    price_tolerance_percent: Percent | UnsetType = UNSET
    price_tolerance_minor_units: MinorUnits | UnsetType = UNSET


class OrganisationPatch(In):
    """A correction of name, profile or own rules; what is absent stays."""

    name: Text200 | UnsetType = UNSET
    profile: ProfilePatch = ProfilePatch()
    policy: PolicyPatch = PolicyPatch()


class OrganisationSuspend(In):
    """Why: a code of the vocabulary `suspend_reasons`."""

    reason: Code


class SizeClasses(Out):
    """Derived: Permenperin 64/2016 by workers and investment, PP 7/2021 by capital and by annual sales."""

    permenperin64: Text40
    pp7_capital: Text40
    pp7_sales: Text40


class OrganisationProfile(Out):
    """What the organisation says of itself."""

    legal_form: Text40 | None
    nib: Text40 | None
    npwp: Text40 | None
    kbli: Annotated[list[Text40], Meta(max_length=20)]
    region_code: Text40 | None
    postal_code: Text40 | None
    address: Text200 | None
    contact_name: Text200 | None
    email: Text200 | None
    phone: Text40 | None
    pkp: bool
    workers: Int64 | None
    investment_idr: Int64 | None
    annual_sales_idr: Int64 | None


class OrganisationPolicy(Out):
    """Its own rules of sourcing."""

    minimum_quoting_hours: Int64
    four_eyes_awards: bool
    price_tolerance_percent: DecimalText
    price_tolerance_minor_units: Int64


class Organisation(Out):
    """A participant of the marketplace."""

    id: Id
    state: Text40
    state_label: Text80
    state_reason: Text80 | None
    allowed_actions: Annotated[list[Text80], Meta(max_length=20)]
    blocked_actions: Annotated[list[Blocked], Meta(max_length=20)]
    etag: ETag
    name: Text200
    roles: Annotated[list[Text40], Meta(max_length=4)]
    profile: OrganisationProfile
    policy: OrganisationPolicy
    size_class: SizeClasses | None
    verified_at: Timestamp | None
    created_at: Timestamp
    updated_at: Timestamp

    @classmethod
    def of(cls, organisation: model.Organisation, view: View) -> Self:
        """As the caller sees it."""
        allowed, blocked = rules.available(organisation, view.actor, now=view.now)
        profile = organisation.profile
        values = {name: getattr(profile, name) for name in profile.__struct_fields__}
        return cls(
            id=show("organisation", organisation.id),
            state=organisation.state,
            state_label=state_label("organisation", organisation.state, view.language),
            state_reason=organisation.state_reason,
            allowed_actions=allowed,
            blocked_actions=[Blocked.of(name, refusal) for name, refusal in blocked],
            etag=etag_of(organisation.version),
            name=organisation.name,
            roles=list(organisation.roles),
            profile=OrganisationProfile(**{**values, "kbli": list(profile.kbli)}),
            policy=OrganisationPolicy(
                minimum_quoting_hours=organisation.policy.minimum_quoting_hours,
                four_eyes_awards=organisation.policy.four_eyes_awards,
                price_tolerance_percent=decimal_text(organisation.policy.price_tolerance_percent),
                price_tolerance_minor_units=organisation.policy.price_tolerance_minor_units,
            ),
            size_class=_size(profile),
            verified_at=None if organisation.verified_at is None else utc(organisation.verified_at),
            created_at=utc(organisation.created_at),
            updated_at=utc(organisation.updated_at),
        )


class OrganisationPage(Page[Organisation]):
    """Organisations, oldest first."""


class Registration(Out):
    """The new organisation and its first key. `secret` is shown this once."""

    organisation: Organisation
    credential_id: Id
    secret: Annotated[str, Meta(max_length=80)]
    scopes: Annotated[list[Text80], Meta(max_length=60)]
    expires_at: Timestamp
    warnings: Annotated[list[Text2000], Meta(max_length=20)]


def _size(profile: model.Profile) -> SizeClasses | None:
    if profile.workers is None or profile.investment_idr is None or profile.annual_sales_idr is None:
        return None
    derived = size_class(profile.workers, profile.investment_idr, profile.annual_sales_idr)
    return SizeClasses(
        permenperin64=derived.permenperin64, pp7_capital=derived.pp7_capital, pp7_sales=derived.pp7_sales
    )
