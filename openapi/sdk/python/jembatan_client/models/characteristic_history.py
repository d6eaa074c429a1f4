from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.characteristic_delivery import CharacteristicDelivery
    from ..models.characteristic_measured import CharacteristicMeasured
    from ..models.characteristic_promise import CharacteristicPromise
    from ..models.characteristic_requirement import CharacteristicRequirement


T = TypeVar("T", bound="CharacteristicHistory")


@_attrs_define
class CharacteristicHistory:
    """One characteristic of one ordered line: asked for, promised, measured, delivered, found, claimed.

    `requirement` is null where the line names no characteristics, and `promise` where the quote said nothing of it.
    `deliveries` are the newest 200 lots; `older_lots` counts those before them, which `lot` shows by name.

    """

    order_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    line_no: int
    """ Number of the line, the same in RFQ, quotes, award and order; null when it is about the whole. """
    no: int
    """ Number of the characteristic on its line. """
    part_number: str
    """ The buyer's number of the part. """
    drawing_revision: None | str
    """ Revision of the drawing that is valid for the part; null when there is none. """
    unit: str
    """ UN/ECE Recommendation 20 code, for example `H87` for pieces. """
    requirement: CharacteristicRequirement | None
    quote_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    promise: CharacteristicPromise | None
    first_articles: list[CharacteristicMeasured]
    """ Submissions of first articles, newest first. """
    deliveries: list[CharacteristicDelivery]
    """ What was delivered, newest first. """
    older_lots: int
    """ How many older lots are not shown. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.characteristic_promise import CharacteristicPromise  # noqa: PLC0415
        from ..models.characteristic_requirement import CharacteristicRequirement  # noqa: PLC0415

        order_id = self.order_id

        line_no = self.line_no

        no = self.no

        part_number = self.part_number

        drawing_revision: None | str
        drawing_revision = self.drawing_revision

        unit = self.unit

        requirement: dict[str, Any] | None
        if isinstance(self.requirement, CharacteristicRequirement):
            requirement = self.requirement.to_dict()
        else:
            requirement = self.requirement

        quote_id = self.quote_id

        promise: dict[str, Any] | None
        if isinstance(self.promise, CharacteristicPromise):
            promise = self.promise.to_dict()
        else:
            promise = self.promise

        first_articles = []
        for first_articles_item_data in self.first_articles:
            first_articles_item = first_articles_item_data.to_dict()
            first_articles.append(first_articles_item)

        deliveries = []
        for deliveries_item_data in self.deliveries:
            deliveries_item = deliveries_item_data.to_dict()
            deliveries.append(deliveries_item)

        older_lots = self.older_lots

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "order_id": order_id,
                "line_no": line_no,
                "no": no,
                "part_number": part_number,
                "drawing_revision": drawing_revision,
                "unit": unit,
                "requirement": requirement,
                "quote_id": quote_id,
                "promise": promise,
                "first_articles": first_articles,
                "deliveries": deliveries,
                "older_lots": older_lots,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.characteristic_delivery import CharacteristicDelivery  # noqa: PLC0415
        from ..models.characteristic_measured import CharacteristicMeasured  # noqa: PLC0415
        from ..models.characteristic_promise import CharacteristicPromise  # noqa: PLC0415
        from ..models.characteristic_requirement import CharacteristicRequirement  # noqa: PLC0415

        d = dict(src_dict)
        order_id = d.pop("order_id")

        line_no = d.pop("line_no")

        no = d.pop("no")

        part_number = d.pop("part_number")

        def _parse_drawing_revision(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        drawing_revision = _parse_drawing_revision(d.pop("drawing_revision"))

        unit = d.pop("unit")

        def _parse_requirement(data: object) -> CharacteristicRequirement | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                requirement_type_0 = CharacteristicRequirement.from_dict(data)

                return requirement_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(CharacteristicRequirement | None, data)

        requirement = _parse_requirement(d.pop("requirement"))

        quote_id = d.pop("quote_id")

        def _parse_promise(data: object) -> CharacteristicPromise | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                promise_type_0 = CharacteristicPromise.from_dict(data)

                return promise_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(CharacteristicPromise | None, data)

        promise = _parse_promise(d.pop("promise"))

        first_articles = []
        _first_articles = d.pop("first_articles")
        for first_articles_item_data in _first_articles:
            first_articles_item = CharacteristicMeasured.from_dict(first_articles_item_data)

            first_articles.append(first_articles_item)

        deliveries = []
        _deliveries = d.pop("deliveries")
        for deliveries_item_data in _deliveries:
            deliveries_item = CharacteristicDelivery.from_dict(deliveries_item_data)

            deliveries.append(deliveries_item)

        older_lots = d.pop("older_lots")

        built_ = cls(
            order_id=order_id,
            line_no=line_no,
            no=no,
            part_number=part_number,
            drawing_revision=drawing_revision,
            unit=unit,
            requirement=requirement,
            quote_id=quote_id,
            promise=promise,
            first_articles=first_articles,
            deliveries=deliveries,
            older_lots=older_lots,
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
