from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.scenario_allocation import ScenarioAllocation
    from ..models.scenario_assumptions import ScenarioAssumptions
    from ..models.scenario_comparison import ScenarioComparison
    from ..models.scenario_conflict import ScenarioConflict
    from ..models.scenario_excluded import ScenarioExcluded
    from ..models.scenario_proposal import ScenarioProposal
    from ..models.scenario_share_of_supplier import ScenarioShareOfSupplier
    from ..models.scenario_unallocated import ScenarioUnallocated


T = TypeVar("T", bound="AwardScenario")


@_attrs_define
class AwardScenario:
    """The cheapest split that was found, and what is proven of it.

    `optimal`: no split costs less, up to 0.00005 %. `bounded`: none costs less than `bound`; the time was over.
    `infeasible`: `conflicts` say which conditions clash. `unsolved`: the time was over before there was a split.
    Amounts are in `currency` where no other is said.

    """

    id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    rfq_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    buyer_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    state: str
    """ Present state; how it can go on is listed by `listStateMachines`. """
    state_label: str
    """ Label of the state, in the language of `Accept-Language`. """
    allowed_actions: list[str]
    """ Names of the operations that the caller may take now. """
    etag: str
    """ Strong entity tag, quotes included; send it back as `If-Match`. """
    status: str
    """ Whether the solution is the best, has a proven bound, does not exist, or was not found in time.

    Known values: optimal, bounded, infeasible, unsolved. """
    currency: str
    """ ISO 4217 code. """
    total: None | str
    """ Exact decimal. """
    bound: None | str
    """ Exact decimal. """
    gap_percent: None | str
    """ Exact decimal. """
    is_tie_settled: bool
    """ Among splits of equal cost: proven to have the fewest suppliers, then the oldest quotes. """
    seconds: str
    """ Exact decimal. """
    allocations: list[ScenarioAllocation]
    """ Which supplier gets how much of which line. """
    suppliers: list[ScenarioShareOfSupplier]
    """ What each supplier gets. """
    proposals: list[ScenarioProposal]
    """ Ready bodies for awards, one for each supplier. """
    unallocated: list[ScenarioUnallocated]
    """ Quantities that nobody gets. """
    conflicts: list[ScenarioConflict]
    """ Conditions that cannot hold together; empty unless there is no solution. """
    comparisons: list[ScenarioComparison]
    """ What each condition costs: the same problem without it. """
    excluded: list[ScenarioExcluded]
    """ Quotes that were left out, each with the reason. """
    assumptions: ScenarioAssumptions
    """ What the answer rests on. """
    digest: str
    """ sha256 of what is on record. """
    solved_by: str
    """ Who asked for the solution. """
    created_at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        rfq_id = self.rfq_id

        buyer_id = self.buyer_id

        state = self.state

        state_label = self.state_label

        allowed_actions = self.allowed_actions

        etag = self.etag

        status = self.status

        currency = self.currency

        total: None | str
        total = self.total

        bound: None | str
        bound = self.bound

        gap_percent: None | str
        gap_percent = self.gap_percent

        is_tie_settled = self.is_tie_settled

        seconds = self.seconds

        allocations = []
        for allocations_item_data in self.allocations:
            allocations_item = allocations_item_data.to_dict()
            allocations.append(allocations_item)

        suppliers = []
        for suppliers_item_data in self.suppliers:
            suppliers_item = suppliers_item_data.to_dict()
            suppliers.append(suppliers_item)

        proposals = []
        for proposals_item_data in self.proposals:
            proposals_item = proposals_item_data.to_dict()
            proposals.append(proposals_item)

        unallocated = []
        for unallocated_item_data in self.unallocated:
            unallocated_item = unallocated_item_data.to_dict()
            unallocated.append(unallocated_item)

        conflicts = []
        for conflicts_item_data in self.conflicts:
            conflicts_item = conflicts_item_data.to_dict()
            conflicts.append(conflicts_item)

        comparisons = []
        for comparisons_item_data in self.comparisons:
            comparisons_item = comparisons_item_data.to_dict()
            comparisons.append(comparisons_item)

        excluded = []
        for excluded_item_data in self.excluded:
            excluded_item = excluded_item_data.to_dict()
            excluded.append(excluded_item)

        assumptions = self.assumptions.to_dict()

        digest = self.digest

        solved_by = self.solved_by

        created_at = self.created_at.isoformat()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "rfq_id": rfq_id,
                "buyer_id": buyer_id,
                "state": state,
                "state_label": state_label,
                "allowed_actions": allowed_actions,
                "etag": etag,
                "status": status,
                "currency": currency,
                "total": total,
                "bound": bound,
                "gap_percent": gap_percent,
                "is_tie_settled": is_tie_settled,
                "seconds": seconds,
                "allocations": allocations,
                "suppliers": suppliers,
                "proposals": proposals,
                "unallocated": unallocated,
                "conflicts": conflicts,
                "comparisons": comparisons,
                "excluded": excluded,
                "assumptions": assumptions,
                "digest": digest,
                "solved_by": solved_by,
                "created_at": created_at,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.scenario_allocation import ScenarioAllocation  # noqa: PLC0415
        from ..models.scenario_assumptions import ScenarioAssumptions  # noqa: PLC0415
        from ..models.scenario_comparison import ScenarioComparison  # noqa: PLC0415
        from ..models.scenario_conflict import ScenarioConflict  # noqa: PLC0415
        from ..models.scenario_excluded import ScenarioExcluded  # noqa: PLC0415
        from ..models.scenario_proposal import ScenarioProposal  # noqa: PLC0415
        from ..models.scenario_share_of_supplier import ScenarioShareOfSupplier  # noqa: PLC0415
        from ..models.scenario_unallocated import ScenarioUnallocated  # noqa: PLC0415

        d = dict(src_dict)
        id = d.pop("id")

        rfq_id = d.pop("rfq_id")

        buyer_id = d.pop("buyer_id")

        state = d.pop("state")

        state_label = d.pop("state_label")

        allowed_actions = cast(list[str], d.pop("allowed_actions"))

        etag = d.pop("etag")

        status = d.pop("status")

        currency = d.pop("currency")

        def _parse_total(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        total = _parse_total(d.pop("total"))

        def _parse_bound(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        bound = _parse_bound(d.pop("bound"))

        def _parse_gap_percent(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        gap_percent = _parse_gap_percent(d.pop("gap_percent"))

        is_tie_settled = d.pop("is_tie_settled")

        seconds = d.pop("seconds")

        allocations = []
        _allocations = d.pop("allocations")
        for allocations_item_data in _allocations:
            allocations_item = ScenarioAllocation.from_dict(allocations_item_data)

            allocations.append(allocations_item)

        suppliers = []
        _suppliers = d.pop("suppliers")
        for suppliers_item_data in _suppliers:
            suppliers_item = ScenarioShareOfSupplier.from_dict(suppliers_item_data)

            suppliers.append(suppliers_item)

        proposals = []
        _proposals = d.pop("proposals")
        for proposals_item_data in _proposals:
            proposals_item = ScenarioProposal.from_dict(proposals_item_data)

            proposals.append(proposals_item)

        unallocated = []
        _unallocated = d.pop("unallocated")
        for unallocated_item_data in _unallocated:
            unallocated_item = ScenarioUnallocated.from_dict(unallocated_item_data)

            unallocated.append(unallocated_item)

        conflicts = []
        _conflicts = d.pop("conflicts")
        for conflicts_item_data in _conflicts:
            conflicts_item = ScenarioConflict.from_dict(conflicts_item_data)

            conflicts.append(conflicts_item)

        comparisons = []
        _comparisons = d.pop("comparisons")
        for comparisons_item_data in _comparisons:
            comparisons_item = ScenarioComparison.from_dict(comparisons_item_data)

            comparisons.append(comparisons_item)

        excluded = []
        _excluded = d.pop("excluded")
        for excluded_item_data in _excluded:
            excluded_item = ScenarioExcluded.from_dict(excluded_item_data)

            excluded.append(excluded_item)

        assumptions = ScenarioAssumptions.from_dict(d.pop("assumptions"))

        digest = d.pop("digest")

        solved_by = d.pop("solved_by")

        created_at = datetime.datetime.fromisoformat(d.pop("created_at"))

        built_ = cls(
            id=id,
            rfq_id=rfq_id,
            buyer_id=buyer_id,
            state=state,
            state_label=state_label,
            allowed_actions=allowed_actions,
            etag=etag,
            status=status,
            currency=currency,
            total=total,
            bound=bound,
            gap_percent=gap_percent,
            is_tie_settled=is_tie_settled,
            seconds=seconds,
            allocations=allocations,
            suppliers=suppliers,
            proposals=proposals,
            unallocated=unallocated,
            conflicts=conflicts,
            comparisons=comparisons,
            excluded=excluded,
            assumptions=assumptions,
            digest=digest,
            solved_by=solved_by,
            created_at=created_at,
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
