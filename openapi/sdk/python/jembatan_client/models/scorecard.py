from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.scorecard_figure import ScorecardFigure


T = TypeVar("T", bound="Scorecard")


@_attrs_define
class Scorecard:
    """How one side of an organisation did in the window that ends at `as_of`.

    The organisation itself can make every figure again from its own feed. Others see sums of a year, and ids, `pending`
    and
    `contested` of their own dealings with it only.

    """

    organisation_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    organisation_name: str
    """ How the organisation calls itself. """
    side: str
    """ The side: buyer or supplier.

    Known values: supplier, buyer. """
    window: str
    """ The time that the scorecard covers. """
    as_of: datetime.datetime
    """ RFC 3339 instant with a zone. """
    since: datetime.datetime
    """ Facts after this instant count. """
    formulas_version: int
    """ Version of the formulas the figures are made with. """
    figures: list[ScorecardFigure]
    """ The figures, one for each formula. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        organisation_id = self.organisation_id

        organisation_name = self.organisation_name

        side = self.side

        window = self.window

        as_of = self.as_of.isoformat()

        since = self.since.isoformat()

        formulas_version = self.formulas_version

        figures = []
        for figures_item_data in self.figures:
            figures_item = figures_item_data.to_dict()
            figures.append(figures_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "organisation_id": organisation_id,
                "organisation_name": organisation_name,
                "side": side,
                "window": window,
                "as_of": as_of,
                "since": since,
                "formulas_version": formulas_version,
                "figures": figures,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.scorecard_figure import ScorecardFigure  # noqa: PLC0415

        d = dict(src_dict)
        organisation_id = d.pop("organisation_id")

        organisation_name = d.pop("organisation_name")

        side = d.pop("side")

        window = d.pop("window")

        as_of = datetime.datetime.fromisoformat(d.pop("as_of"))

        since = datetime.datetime.fromisoformat(d.pop("since"))

        formulas_version = d.pop("formulas_version")

        figures = []
        _figures = d.pop("figures")
        for figures_item_data in _figures:
            figures_item = ScorecardFigure.from_dict(figures_item_data)

            figures.append(figures_item)

        built_ = cls(
            organisation_id=organisation_id,
            organisation_name=organisation_name,
            side=side,
            window=window,
            as_of=as_of,
            since=since,
            formulas_version=formulas_version,
            figures=figures,
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
