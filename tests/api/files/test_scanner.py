"""ClamAV over INSTREAM: what is served, what is refused, and what waits while there is no verdict."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import clamd
import httpx
import msgspec
import pytest

from api import scanning
from api.app import create_app
from api.scanner import ClamAv, ScannerUnavailable
from api.services import Services
from api.settings import Settings, SettingsError
from domain.actors import SYSTEM
from domain.errors import WrongState
from domain.files import commands, sql
from domain.ids import read
from world import Party, World

PDF = b"%PDF-1.7\nharmless\n"
BAD = b"%PDF-1.7\n" + clamd.EICAR + b"\n"
NO_VERDICT = ("error", "cut", "nothing", "more", "another name", "two", "lower case", "unended", "endless", "hang")


class Scene:
    """An application that asks a scanner, and a buyer."""

    def __init__(self, world: World, services: Services, http: httpx.AsyncClient) -> None:
        self.world, self.services, self.http = world, services, http
        self.buyer: Party = None  # type: ignore[assignment]  # set by `of`

    @classmethod
    async def of(cls, world: World, scanner: str) -> "Scene":
        settings = msgspec.structs.replace(world.services.settings, clamav=scanner)
        services = Services(
            settings, world.services.db, world.services.sealer, world.services.blobs, world.services.clock
        )
        assert services.scanner is not None
        services.scanner = ClamAv(scanner, seconds=1.5)
        app: Any = create_app(services)
        made = cls(world, services, httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://x"))
        party = await world.party("buyer")
        made.buyer = Party(made.http, party.secret, party.organisation_id, party.name)
        return made

    async def upload(self, content: bytes = PDF) -> httpx.Response:
        sent = {"content-type": "application/octet-stream"}
        return await self.buyer.request("POST", "/v1/files?name=a.pdf", content=content, headers=sent)

    async def state(self, file: Any) -> tuple[str, int]:
        """(state as it is shown, status of a download)."""
        path = f"/v1/files/{file['id']}"
        return (await self.buyer.done("GET", path))["state"], (await self.buyer.get(f"{path}/content")).status_code

    async def kept(self) -> int:
        """Files in storage of the buyer's."""
        folder = self.world.services.settings.home / "files" / self.buyer.id
        return sum(path.is_file() for path in folder.rglob("*"))


@pytest.fixture
async def daemon() -> AsyncIterator[clamd.Fake]:
    async with clamd.fake() as made:
        yield made


@pytest.fixture
async def scene(world: World, daemon: clamd.Fake) -> AsyncIterator[Scene]:
    made = await Scene.of(world, f"tcp://127.0.0.1:{daemon.port}")
    yield made
    await made.http.aclose()


async def test_every_byte_is_scanned_and_a_clean_file_served(scene: Scene, daemon: clamd.Fake) -> None:
    content = PDF + bytes(range(256)) * 3000
    made = await scene.upload(content)
    assert (made.status_code, made.json()["state"]) == (201, "clean")
    assert daemon.scanned == [content]
    assert await scene.state(made.json()) == ("clean", 200)


async def test_what_is_found_is_refused_and_not_kept(scene: Scene) -> None:
    refused = await scene.upload(BAD)
    assert (refused.status_code, refused.json()["code"]) == (422, "file_refused")
    assert "Test.EICAR" in refused.json()["detail"]
    assert await scene.kept() == 0


async def test_what_is_too_large_for_the_scanner_is_refused(scene: Scene, daemon: clamd.Fake) -> None:
    daemon.says = "limit"
    refused = await scene.upload(PDF * 100_000)
    assert (refused.status_code, refused.json()["code"]) == (422, "file_refused")
    assert "larger than the virus scanner" in refused.json()["detail"]


@pytest.mark.parametrize("says", NO_VERDICT)
async def test_anything_but_an_exact_ok_is_not_clean(scene: Scene, daemon: clamd.Fake, says: str) -> None:
    daemon.says = says
    made = await scene.upload()
    assert (made.status_code, made.json()["state"]) == (201, "scanning"), made.text
    assert await scene.state(made.json()) == ("scanning", 409)
    draft = await scene.buyer.done("POST", "/v1/rfqs", scene.world.rfq_body())
    attached = await scene.buyer.post(
        f"/v1/rfqs/{draft['id']}/documents", {"file_id": made.json()["id"], "kind": "drawing"}
    )
    assert (attached.status_code, attached.json()["code"]) == (409, "file_not_clean")
    daemon.says = "scan"
    await scanned(scene)
    assert await scene.state(made.json()) == ("clean", 200)


async def scanned(scene: Scene) -> None:
    """The worker asks until nothing of the buyer's waits."""
    waiting = "SELECT count(*) FROM file WHERE state = 'scanning' AND organisation_id = $1"
    while await scene.world.owner.fetchval(waiting, scene.buyer.organisation_id):
        await scanning.tend(scene.services)


async def test_without_a_daemon_a_file_waits_and_is_rejected_later(scene: Scene, daemon: clamd.Fake) -> None:
    port = daemon.port
    scene.services.scanner = ClamAv("tcp://127.0.0.1:1")
    made = (await scene.upload(BAD)).json()
    assert await scene.state(made) == ("scanning", 409)
    with pytest.raises(ScannerUnavailable):
        await scanning.tend(scene.services)
    assert await scene.state(made) == ("scanning", 409)
    scene.services.scanner = None
    assert await scanning.tend(scene.services) == 0
    assert await scene.state(made) == ("scanning", 409), "nothing is served because a setting was lost"
    scene.services.scanner = ClamAv(f"tcp://127.0.0.1:{port}")
    await scanned(scene)
    assert await scene.state(made) == ("rejected", 409)
    assert (await scene.buyer.done("GET", f"/v1/files/{made['id']}"))["reject_reason"] == (
        "The virus scanner found Test.EICAR in the file."
    )
    assert await scene.kept() == 0
    told = [event.type for event in await scene.world.feed(scene.buyer) if event.type.startswith("file.")]
    assert told == ["file.received", "file.rejected"]
    async with scene.services.db.read(SYSTEM) as tx:
        await scene.world.replays(await sql.get(tx, read("file", made["id"])))
    with pytest.raises(WrongState):
        await commands.judge(scene.services.db, read("file", made["id"]), None)


@pytest.mark.slow
@pytest.mark.skipif(not clamd.CLAMD.exists(), reason="ClamAV's daemon is not installed")
async def test_with_clamav_itself(world: World, tmp_path: Path) -> None:
    with clamd.real(tmp_path) as address:
        scene = await Scene.of(world, address)
        scene.services.scanner = ClamAv(address)
        made, refused = await scene.upload(), await scene.upload(BAD)
        large = await scene.upload(PDF + bytes(6_000_000))
        await scene.http.aclose()
    assert (made.status_code, made.json()["state"]) == (201, "clean")
    assert (refused.status_code, refused.json()["detail"]) == (
        422, "The virus scanner found Test.EICAR.UNOFFICIAL in the file.",
    )  # fmt: skip
    assert (large.status_code, "larger than the virus scanner" in large.json()["detail"]) == (422, True)


@pytest.mark.parametrize(
    "url",
    ["clamd:3310", "tcp://host", "tcp://:3310", "tcp://host:x", "unix://relative/path", "http://host:1", "tcp://u@h:1"],
)
def test_an_address_that_is_none_stops_the_start(url: str) -> None:
    with pytest.raises(SettingsError, match="JEMBATAN_CLAMAV"):
        Settings.read({"JEMBATAN_CLAMAV": url})


def test_addresses() -> None:
    assert Settings.read({}).clamav is None
    for url in ("tcp://127.0.0.1:3310", "unix:///run/clamav/clamd.ctl"):
        assert Settings.read({"JEMBATAN_CLAMAV": url}).clamav == url
