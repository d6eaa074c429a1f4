from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.event_baseline import EventBaseline
    from ..models.event_request_line import EventRequestLine


T = TypeVar("T", bound="RfqPublishedEventData")


@_attrs_define
class RfqPublishedEventData:
    """What the event says besides. Members that a release did not know are absent; there is never a price."""

    title: None | str | Unset = UNSET
    """ What it is about, in one line. """
    intent: None | str | Unset = UNSET
    """ Whether an order is meant to follow (firm), a budget (budgetary), or a comparison of prices (benchmark). """
    visibility: None | str | Unset = UNSET
    """ Whether every verified supplier sees the RFQ, or those who are invited. """
    revision: int | None | Unset = UNSET
    """ Counted from 0: each publication makes one of an RFQ, each change that both sides signed one of an order.
    """
    quotes_close_at: datetime.datetime | None | Unset = UNSET
    """ RFC 3339 instant with a zone. """
    lines: list[EventRequestLine] | None | Unset = UNSET
    """ What it is about, line by line. """
    baselines: list[EventBaseline] | None | Unset = UNSET
    """ Where the parts come from today, of the lines whose buyer shows it. """
    truncated: bool | Unset = UNSET
    """ Only in webhooks: the event says too much for a message; read the rest in the feed. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        title: None | str | Unset
        if isinstance(self.title, Unset):
            title = UNSET
        else:
            title = self.title

        intent: None | str | Unset
        if isinstance(self.intent, Unset):
            intent = UNSET
        else:
            intent = self.intent

        visibility: None | str | Unset
        if isinstance(self.visibility, Unset):
            visibility = UNSET
        else:
            visibility = self.visibility

        revision: int | None | Unset
        if isinstance(self.revision, Unset):
            revision = UNSET
        else:
            revision = self.revision

        quotes_close_at: None | str | Unset
        if isinstance(self.quotes_close_at, Unset):
            quotes_close_at = UNSET
        elif isinstance(self.quotes_close_at, datetime.datetime):
            quotes_close_at = self.quotes_close_at.isoformat()
        else:
            quotes_close_at = self.quotes_close_at

        lines: list[dict[str, Any]] | None | Unset
        if isinstance(self.lines, Unset):
            lines = UNSET
        elif isinstance(self.lines, list):
            lines = []
            for lines_type_0_item_data in self.lines:
                lines_type_0_item = lines_type_0_item_data.to_dict()
                lines.append(lines_type_0_item)

        else:
            lines = self.lines

        baselines: list[dict[str, Any]] | None | Unset
        if isinstance(self.baselines, Unset):
            baselines = UNSET
        elif isinstance(self.baselines, list):
            baselines = []
            for baselines_type_0_item_data in self.baselines:
                baselines_type_0_item = baselines_type_0_item_data.to_dict()
                baselines.append(baselines_type_0_item)

        else:
            baselines = self.baselines

        truncated = self.truncated

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if title is not UNSET:
            field_dict["title"] = title
        if intent is not UNSET:
            field_dict["intent"] = intent
        if visibility is not UNSET:
            field_dict["visibility"] = visibility
        if revision is not UNSET:
            field_dict["revision"] = revision
        if quotes_close_at is not UNSET:
            field_dict["quotes_close_at"] = quotes_close_at
        if lines is not UNSET:
            field_dict["lines"] = lines
        if baselines is not UNSET:
            field_dict["baselines"] = baselines
        if truncated is not UNSET:
            field_dict["truncated"] = truncated

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.event_baseline import EventBaseline  # noqa: PLC0415
        from ..models.event_request_line import EventRequestLine  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_title(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        title = _parse_title(d.pop("title", UNSET))

        def _parse_intent(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        intent = _parse_intent(d.pop("intent", UNSET))

        def _parse_visibility(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        visibility = _parse_visibility(d.pop("visibility", UNSET))

        def _parse_revision(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        revision = _parse_revision(d.pop("revision", UNSET))

        def _parse_quotes_close_at(data: object) -> datetime.datetime | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                quotes_close_at_type_0 = datetime.datetime.fromisoformat(data)

                return quotes_close_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | Unset, data)

        quotes_close_at = _parse_quotes_close_at(d.pop("quotes_close_at", UNSET))

        def _parse_lines(data: object) -> list[EventRequestLine] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                lines_type_0 = []
                _lines_type_0 = data
                for lines_type_0_item_data in _lines_type_0:
                    lines_type_0_item = EventRequestLine.from_dict(lines_type_0_item_data)

                    lines_type_0.append(lines_type_0_item)

                return lines_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[EventRequestLine] | None | Unset, data)

        lines = _parse_lines(d.pop("lines", UNSET))

        def _parse_baselines(data: object) -> list[EventBaseline] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                baselines_type_0 = []
                _baselines_type_0 = data
                for baselines_type_0_item_data in _baselines_type_0:
                    baselines_type_0_item = EventBaseline.from_dict(baselines_type_0_item_data)

                    baselines_type_0.append(baselines_type_0_item)

                return baselines_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[EventBaseline] | None | Unset, data)

        baselines = _parse_baselines(d.pop("baselines", UNSET))

        truncated = d.pop("truncated", UNSET)

        built_ = cls(
            title=title,
            intent=intent,
            visibility=visibility,
            revision=revision,
            quotes_close_at=quotes_close_at,
            lines=lines,
            baselines=baselines,
            truncated=truncated,
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
