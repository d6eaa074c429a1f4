from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="ScoreIn")


@_attrs_define
class ScoreIn:
    """What one quote gets for one technical criterion, by its name in the RFQ's `evaluation`."""

    quote_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    criterion: str
    """ Name of the criterion. """
    score: str
    """ 0 to 100, one decimal at most. """
    comment: None | str | Unset = UNSET
    """ Why this score; null when nothing was said. """

    def to_dict(self) -> dict[str, Any]:
        quote_id = self.quote_id

        criterion = self.criterion

        score = self.score

        comment: None | str | Unset
        if isinstance(self.comment, Unset):
            comment = UNSET
        else:
            comment = self.comment

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "quote_id": quote_id,
                "criterion": criterion,
                "score": score,
            }
        )
        if comment is not UNSET:
            field_dict["comment"] = comment

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        quote_id = d.pop("quote_id")

        criterion = d.pop("criterion")

        score = d.pop("score")

        def _parse_comment(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        comment = _parse_comment(d.pop("comment", UNSET))

        built_ = cls(
            quote_id=quote_id,
            criterion=criterion,
            score=score,
            comment=comment,
        )

        return built_
