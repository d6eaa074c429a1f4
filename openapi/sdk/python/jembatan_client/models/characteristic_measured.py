from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="CharacteristicMeasured")


@_attrs_define
class CharacteristicMeasured:
    """What one first article says of it. Values are in the unit of the characteristic."""

    first_article_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    attempt: int
    """ How often it has been submitted, this time included; from 1. """
    state: str
    """ Present state; how it can go on is listed by `listStateMachines`. """
    state_label: str
    """ Label of the state, in the language of `Accept-Language`. """
    at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    lot: str
    """ The supplier's name of the lot. """
    serials: list[str]
    """ Serial numbers of the pieces; empty when they have none. """
    values: list[str]
    """ Measured values, as exact decimals. """
    conforms: bool
    """ Whether it is as required. """
    instrument: None | str
    """ What it was measured with; null when not told. """
    note: None | str
    """ Remark for people; null when there is none. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        first_article_id = self.first_article_id

        attempt = self.attempt

        state = self.state

        state_label = self.state_label

        at = self.at.isoformat()

        lot = self.lot

        serials = self.serials

        values = self.values

        conforms = self.conforms

        instrument: None | str
        instrument = self.instrument

        note: None | str
        note = self.note

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "first_article_id": first_article_id,
                "attempt": attempt,
                "state": state,
                "state_label": state_label,
                "at": at,
                "lot": lot,
                "serials": serials,
                "values": values,
                "conforms": conforms,
                "instrument": instrument,
                "note": note,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        first_article_id = d.pop("first_article_id")

        attempt = d.pop("attempt")

        state = d.pop("state")

        state_label = d.pop("state_label")

        at = datetime.datetime.fromisoformat(d.pop("at"))

        lot = d.pop("lot")

        serials = cast(list[str], d.pop("serials"))

        values = cast(list[str], d.pop("values"))

        conforms = d.pop("conforms")

        def _parse_instrument(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        instrument = _parse_instrument(d.pop("instrument"))

        def _parse_note(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        note = _parse_note(d.pop("note"))

        built_ = cls(
            first_article_id=first_article_id,
            attempt=attempt,
            state=state,
            state_label=state_label,
            at=at,
            lot=lot,
            serials=serials,
            values=values,
            conforms=conforms,
            instrument=instrument,
            note=note,
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
