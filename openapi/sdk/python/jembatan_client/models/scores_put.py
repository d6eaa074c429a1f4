from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from ..models.score_in import ScoreIn


T = TypeVar("T", bound="ScoresPut")


@_attrs_define
class ScoresPut:
    """All scores of the caller's sheet, in place of what it said before."""

    scores: list[ScoreIn]
    """ One for each quote and criterion that was judged. """

    def to_dict(self) -> dict[str, Any]:
        scores = []
        for scores_item_data in self.scores:
            scores_item = scores_item_data.to_dict()
            scores.append(scores_item)

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "scores": scores,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.score_in import ScoreIn  # noqa: PLC0415

        d = dict(src_dict)
        scores = []
        _scores = d.pop("scores")
        for scores_item_data in _scores:
            scores_item = ScoreIn.from_dict(scores_item_data)

            scores.append(scores_item)

        built_ = cls(
            scores=scores,
        )

        return built_
