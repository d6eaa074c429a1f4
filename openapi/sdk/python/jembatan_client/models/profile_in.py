from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="ProfileIn")


@_attrs_define
class ProfileIn:
    """What an organisation says of itself. Amounts in whole rupiah, investment without land and buildings."""

    legal_form: None | str | Unset = UNSET
    """ Legal form, for example PT, CV or Koperasi; null when not given. """
    nib: None | str | Unset = UNSET
    """ Nomor Induk Berusaha, the business number; null when not given. """
    npwp: None | str | Unset = UNSET
    """ Nomor Pokok Wajib Pajak, the tax number; null when not given. """
    kbli: list[str] | Unset = UNSET
    """ Codes of the business fields (KBLI). """
    region_code: None | str | Unset = UNSET
    """ Code of the province or regency; null when not given. """
    postal_code: None | str | Unset = UNSET
    """ Postal code; null when not given. """
    address: None | str | Unset = UNSET
    """ Street, number and village; null when not given. """
    contact_name: None | str | Unset = UNSET
    """ Whom to ask for; null when not given. """
    email: None | str | Unset = UNSET
    """ Address for business mail; null when not given. """
    phone: None | str | Unset = UNSET
    """ Telephone number; null when not given. """
    pkp: bool | Unset = False
    """ Whether the organisation is registered for value added tax (PPN). """
    workers: int | None | Unset = UNSET
    """ Number of people who work there; null when not given. """
    investment_idr: int | None | Unset = UNSET
    """ Capital without land and buildings, in whole rupiah; null when not given. """
    annual_sales_idr: int | None | Unset = UNSET
    """ Yearly sales in whole rupiah; null when not given. """

    def to_dict(self) -> dict[str, Any]:
        legal_form: None | str | Unset
        if isinstance(self.legal_form, Unset):
            legal_form = UNSET
        else:
            legal_form = self.legal_form

        nib: None | str | Unset
        if isinstance(self.nib, Unset):
            nib = UNSET
        else:
            nib = self.nib

        npwp: None | str | Unset
        if isinstance(self.npwp, Unset):
            npwp = UNSET
        else:
            npwp = self.npwp

        kbli: list[str] | Unset = UNSET
        if not isinstance(self.kbli, Unset):
            kbli = self.kbli

        region_code: None | str | Unset
        if isinstance(self.region_code, Unset):
            region_code = UNSET
        else:
            region_code = self.region_code

        postal_code: None | str | Unset
        if isinstance(self.postal_code, Unset):
            postal_code = UNSET
        else:
            postal_code = self.postal_code

        address: None | str | Unset
        if isinstance(self.address, Unset):
            address = UNSET
        else:
            address = self.address

        contact_name: None | str | Unset
        if isinstance(self.contact_name, Unset):
            contact_name = UNSET
        else:
            contact_name = self.contact_name

        email: None | str | Unset
        if isinstance(self.email, Unset):
            email = UNSET
        else:
            email = self.email

        phone: None | str | Unset
        if isinstance(self.phone, Unset):
            phone = UNSET
        else:
            phone = self.phone

        pkp = self.pkp

        workers: int | None | Unset
        if isinstance(self.workers, Unset):
            workers = UNSET
        else:
            workers = self.workers

        investment_idr: int | None | Unset
        if isinstance(self.investment_idr, Unset):
            investment_idr = UNSET
        else:
            investment_idr = self.investment_idr

        annual_sales_idr: int | None | Unset
        if isinstance(self.annual_sales_idr, Unset):
            annual_sales_idr = UNSET
        else:
            annual_sales_idr = self.annual_sales_idr

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if legal_form is not UNSET:
            field_dict["legal_form"] = legal_form
        if nib is not UNSET:
            field_dict["nib"] = nib
        if npwp is not UNSET:
            field_dict["npwp"] = npwp
        if kbli is not UNSET:
            field_dict["kbli"] = kbli
        if region_code is not UNSET:
            field_dict["region_code"] = region_code
        if postal_code is not UNSET:
            field_dict["postal_code"] = postal_code
        if address is not UNSET:
            field_dict["address"] = address
        if contact_name is not UNSET:
            field_dict["contact_name"] = contact_name
        if email is not UNSET:
            field_dict["email"] = email
        if phone is not UNSET:
            field_dict["phone"] = phone
        if pkp is not UNSET:
            field_dict["pkp"] = pkp
        if workers is not UNSET:
            field_dict["workers"] = workers
        if investment_idr is not UNSET:
            field_dict["investment_idr"] = investment_idr
        if annual_sales_idr is not UNSET:
            field_dict["annual_sales_idr"] = annual_sales_idr

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_legal_form(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        legal_form = _parse_legal_form(d.pop("legal_form", UNSET))

        def _parse_nib(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        nib = _parse_nib(d.pop("nib", UNSET))

        def _parse_npwp(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        npwp = _parse_npwp(d.pop("npwp", UNSET))

        kbli = cast(list[str], d.pop("kbli", UNSET))

        def _parse_region_code(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        region_code = _parse_region_code(d.pop("region_code", UNSET))

        def _parse_postal_code(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        postal_code = _parse_postal_code(d.pop("postal_code", UNSET))

        def _parse_address(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        address = _parse_address(d.pop("address", UNSET))

        def _parse_contact_name(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        contact_name = _parse_contact_name(d.pop("contact_name", UNSET))

        def _parse_email(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        email = _parse_email(d.pop("email", UNSET))

        def _parse_phone(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        phone = _parse_phone(d.pop("phone", UNSET))

        pkp = d.pop("pkp", UNSET)

        def _parse_workers(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        workers = _parse_workers(d.pop("workers", UNSET))

        def _parse_investment_idr(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        investment_idr = _parse_investment_idr(d.pop("investment_idr", UNSET))

        def _parse_annual_sales_idr(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        annual_sales_idr = _parse_annual_sales_idr(d.pop("annual_sales_idr", UNSET))

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

        return built_
