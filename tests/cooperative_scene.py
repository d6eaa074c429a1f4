"""Cooperatives with members, and workshops with processes of their own."""

from typing import Any

import msgspec

from world import Party, World


async def workshop(
    world: World, *processes: str, legal_form: str = "CV", name: str | None = None, **said: Any
) -> Party:
    """A verified supplier that declares `processes`; none says nothing."""
    party = await world.party("supplier", name=name)
    await world.owner.execute(
        "UPDATE organisation SET profile = $2 WHERE id = $1",
        party.organisation_id,
        msgspec.json.encode({"legal_form": legal_form}).decode(),
    )
    if processes:
        path = f"/v1/organisations/{party.id}/capabilities"
        await party.done("PUT", path, {"processes": list(processes), **said}, etag='"1"')
    return party


async def cooperative(world: World, *processes: str, **said: Any) -> Party:
    """A workshop whose legal form is Koperasi."""
    return await workshop(world, *processes, legal_form="Koperasi", **said)


async def name_members(cooperative: Party, *members: Party) -> Any:
    """All members of the cooperative, named."""
    path = f"/v1/organisations/{cooperative.id}/members"
    etag = (await cooperative.done("GET", path))["etag"]
    return await cooperative.done("PUT", path, {"member_ids": [member.id for member in members]}, etag=etag)


async def own(member: Party) -> Any:
    """The member's only membership."""
    [membership] = (await member.done("GET", "/v1/memberships"))["items"]
    return membership


async def confirmed(cooperative: Party, *members: Party) -> None:
    """Members that accepted."""
    await name_members(cooperative, *members)
    for member in members:
        membership = await own(member)
        await member.done("POST", f"/v1/memberships/{membership['id']}/accept", etag=membership["etag"])
