"""All files of an organisation together have a limit, in one go and in parts; what is beyond it leaves nothing."""

import base64
from typing import Any

import httpx
import msgspec
import pytest

from api.app import create_app
from api.services import Services
from domain.errors import LimitReached
from domain.files.rules import require_room
from world import Party, World

PDF = b"%PDF-1.7\n" + bytes(100)
QUOTA = 2 * len(PDF) + 20


async def test_what_is_beyond_the_quota_is_refused(world: World) -> None:
    parts = world.services
    settings = msgspec.structs.replace(parts.settings, quota_bytes=QUOTA)
    app: Any = create_app(Services(settings, parts.db, parts.sealer, parts.blobs, parts.clock))
    party, other = await world.party("buyer"), await world.party("supplier")
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://x") as http:

        async def upload(of: Party) -> httpx.Response:
            sent = {"content-type": "application/octet-stream"}
            apart = Party(http, of.secret, of.organisation_id, of.name)
            return await apart.request("POST", "/v1/files?name=a.pdf", content=PDF, headers=sent)

        assert [(await upload(party)).status_code for _ in range(2)] == [201, 201]
        refused = await upload(party)
        assert (refused.status_code, refused.json()["code"]) == (409, "limit_reached")
        assert "JEMBATAN_QUOTA_BYTES" in refused.json()["detail"]
        assert str(QUOTA) in refused.json()["detail"]
        begun = {
            "tus-resumable": "1.0.0",
            "upload-length": "30",
            "upload-metadata": f"filename {base64.b64encode(b'a.pdf').decode()}",
        }
        late = await http.post("/v1/uploads", headers={**begun, "authorization": f"Bearer {party.secret}"})
        assert (late.status_code, late.json()["code"]) == (409, "limit_reached")
        assert (await upload(other)).status_code == 201, "the quota is each organisation's own"
    kept = list((parts.settings.home / "files" / party.id).rglob("*"))
    assert sum(path.is_file() for path in kept) == 2


def test_the_last_byte_fits() -> None:
    require_room(90, 10, 100)
    require_room(10**15, 10**9, 0)
    with pytest.raises(LimitReached):
        require_room(90, 11, 100)
