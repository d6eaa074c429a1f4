from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="OrganisationProfile")


@_attrs_define
class OrganisationProfile:
    """What the organisation says of itself."""

    legal_form: None | str
    """ Legal form, for example PT, CV or Koperasi; null when not given. """
    nib: None | str
    """ Nomor Induk Berusaha, the business number; null when not given. """
    npwp: None | str
    """ Nomor Pokok Wajib Pajak, the tax number; null when not given. """
    kbli: list[str]
    """ Codes of the business fields (KBLI). """
    region_code: None | str
    """ Code of the province or regency; null when not given. """
    postal_code: None | str
    """ Postal code; null when not given. """
    address: None | str
    """ Street, number and village; null when not given. """
    contact_name: None | str
    """ Whom to ask for; null when not given. """
    email: None | str
    """ Address for business mail; null when not given. """
    phone: None | str
    """ Telephone number; null when not given. """
    pkp: bool
    """ Whether the organisation is registered for value added tax (PPN). """
    workers: int | None
    """ Number of people who work there; null when not given. """
    investment_idr: int | None
    """ Capital without land and buildings, in whole rupiah; null when not given. """
    annual_sales_idr: int | None
    """ Yearly sales in whole rupiah; null when not given. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        legal_form: None | str
        legal_form = self.legal_form

        nib: None | str
        nib = self.nib

        npwp: None | str
        npwp = self.npwp

        kbli = self.kbli

        region_code: None | str
        region_code = self.region_code

        postal_code: None | str
        postal_code = self.postal_code

        address: None | str
        address = self.address

        contact_name: None | str
        contact_name = self.contact_name

        email: None | str
        email = self.email

        phone: None | str
        phone = self.phone

        pkp = self.pkp

        workers: int | None
        workers = self.workers

        investment_idr: int | None
        investment_idr = self.investment_idr

        annual_sales_idr: int | None
        annual_sales_idr = self.annual_sales_idr

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "legal_form": legal_form,
                "nib": nib,
                "npwp": npwp,
                "kbli": kbli,
                "region_code": region_code,
                "postal_code": postal_code,
                "address": address,
                "contact_name": contact_name,
                "email": email,
                "phone": phone,
                "pkp": pkp,
                "workers": workers,
                "investment_idr": investment_idr,
                "annual_sales_idr": annual_sales_idr,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_legal_form(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        legal_form = _parse_legal_form(d.pop("legal_form"))

        def _parse_nib(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        nib = _parse_nib(d.pop("nib"))

        def _parse_npwp(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        npwp = _parse_npwp(d.pop("npwp"))

        kbli = cast(list[str], d.pop("kbli"))

        def _parse_region_code(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        region_code = _parse_region_code(d.pop("region_code"))

        def _parse_postal_code(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        postal_code = _parse_postal_code(d.pop("postal_code"))

        def _parse_address(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        address = _parse_address(d.pop("address"))

        def _parse_contact_name(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        contact_name = _parse_contact_name(d.pop("contact_name"))

        def _parse_email(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        email = _parse_email(d.pop("email"))

        def _parse_phone(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        phone = _parse_phone(d.pop("phone"))

        pkp = d.pop("pkp")

        def _parse_workers(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        workers = _parse_workers(d.pop("workers"))

        def _parse_investment_idr(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        investment_idr = _parse_investment_idr(d.pop("investment_idr"))

        def _parse_annual_sales_idr(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        annual_sales_idr = _parse_annual_sales_idr(d.pop("annual_sales_idr"))

        built_ = cls(
            legal_form=legal_form,
            nib=nib,
            npwp=npwp,
            kbli=kbli,
            region_code=region_code,
            postal_code=postal_code,
            address=address,
            contact_name=contact_name,
            email=email,
            phone=phone,
            pkp=pkp,
            workers=workers,
            investment_idr=investment_idr,
            annual_sales_idr=annual_sales_idr,
        )

        built_.additional_properties = d
        return built_

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
