from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="FirstArticleResult")


@_attrs_define
class FirstArticleResult:
    """A characteristic as the drawing asks for it, and what was measured. Deviations are signed, in `unit`."""

    no: int
    """ Number of the characteristic on its line. """
    name: None | str
    """ Name, for people. """
    nominal: None | str
    """ Exact decimal. """
    upper: None | str
    """ Exact decimal. """
    lower: None | str
    """ Exact decimal. """
    unit: None | str
    """ UN/ECE Recommendation 20 code, for example `H87` for pieces. """
    ctq: bool
    """ Whether it is critical to quality. """
    values: list[str]
    """ Measured values, as exact decimals. """
    conforms: bool
    """ Whether it is as required. """
    computed: bool
    """ Whether `conforms` follows from values and limits. """
    note: None | str
    """ Remark for people; null when there is none. """
    instrument: None | str
    """ What it was measured with; null when not told. """
    promised: None | str
    """ What the awarded quote said of it.

    Known values: comply, deviate, cannot. """
    promise_note: None | str
    """ What the supplier said about it in the quote; null when nothing. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        no = self.no

        name: None | str
        name = self.name

        nominal: None | str
        nominal = self.nominal

        upper: None | str
        upper = self.upper

        lower: None | str
        lower = self.lower

        unit: None | str
        unit = self.unit

        ctq = self.ctq

        values = self.values

        conforms = self.conforms

        computed = self.computed

        note: None | str
        note = self.note

        instrument: None | str
        instrument = self.instrument

        promised: None | str
        promised = self.promised

        promise_note: None | str
        promise_note = self.promise_note

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "no": no,
                "name": name,
                "nominal": nominal,
                "upper": upper,
                "lower": lower,
                "unit": unit,
                "ctq": ctq,
                "values": values,
                "conforms": conforms,
                "computed": computed,
                "note": note,
                "instrument": instrument,
                "promised": promised,
                "promise_note": promise_note,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        no = d.pop("no")

        def _parse_name(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        name = _parse_name(d.pop("name"))

        def _parse_nominal(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        nominal = _parse_nominal(d.pop("nominal"))

        def _parse_upper(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        upper = _parse_upper(d.pop("upper"))

        def _parse_lower(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        lower = _parse_lower(d.pop("lower"))

        def _parse_unit(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        unit = _parse_unit(d.pop("unit"))

        ctq = d.pop("ctq")

        values = cast(list[str], d.pop("values"))

        conforms = d.pop("conforms")

        computed = d.pop("computed")

        def _parse_note(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        note = _parse_note(d.pop("note"))

        def _parse_instrument(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        instrument = _parse_instrument(d.pop("instrument"))

        def _parse_promised(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        promised = _parse_promised(d.pop("promised"))

        def _parse_promise_note(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        promise_note = _parse_promise_note(d.pop("promise_note"))

        built_ = cls(
            no=no,
            name=name,
            nominal=nominal,
            upper=upper,
            lower=lower,
            unit=unit,
            ctq=ctq,
            values=values,
            conforms=conforms,
            computed=computed,
            note=note,
            instrument=instrument,
            promised=promised,
            promise_note=promise_note,
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
