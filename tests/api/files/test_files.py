"""Upload, description, download: what is taken, what is refused, who reads."""

import io
import zipfile
from typing import Any

import pytest

from world import Party, World

PDF = b"%PDF-1.7\nhello\n"


async def upload(party: Party, name: str = "a.pdf", content: bytes = PDF, **more: Any) -> Any:
    return await party.request(
        "POST",
        f"/v1/files?name={name}",
        content=content,
        headers={"content-type": "application/octet-stream"},
        **more,
    )


async def test_a_file_comes_back_as_it_went(world: World) -> None:
    buyer, stranger = await world.party("buyer"), await world.party("supplier")
    first = await upload(buyer, key="once")
    again = await upload(buyer, key="once")
    assert (first.status_code, first.json()["state"], first.json()["media_type"]) == (201, "clean", "application/pdf")
    assert again.content == first.content
    assert again.headers["idempotent-replayed"] == "true"
    other = await upload(buyer, content=PDF + b"x", key="once")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    path = f"/v1/files/{first.json()['id']}/content"
    whole = await buyer.get(path)
    assert whole.content == PDF
    assert whole.headers["content-disposition"].startswith("attachment")
    assert whole.headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert whole.headers["x-content-type-options"] == "nosniff"
    part = await buyer.get(path, headers={"range": "bytes=5-7"})
    assert (part.status_code, part.content) == (206, PDF[5:8])
    assert (await buyer.get(path, headers={"range": "bytes=-3"})).content == PDF[-3:]
    assert (await buyer.get(path, headers={"range": "bytes=99-"})).json()["code"] == "range_not_satisfiable"
    assert (await buyer.get(path, headers={"if-none-match": whole.headers["etag"]})).status_code == 304
    assert (await stranger.get(path)).status_code == 404
    assert (await stranger.get(f"/v1/files/{first.json()['id']}")).status_code == 404


def archive(**entries: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in entries.items():
            made.writestr(name.replace("__", "/"), content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.pdf", b"", "file_refused"),
        ("a.pdf", b"not a pdf", "file_refused"),
        ("a.pdf", b"MZ\x90\x00", "file_refused"),
        ("a.png", PDF, "file_refused"),
        ("a.exe", b"MZ\x90\x00", "file_refused"),
        ("noending", PDF, "file_refused"),
        ("..%2Fa.pdf", PDF, "file_refused"),
        ("a%0A.pdf", PDF, "file_refused"),
        ("a%E2%80%AE.pdf", PDF, "file_refused"),
        ("a.txt", b"<html><script>", "file_refused"),
        ("a.zip", b"PK\x03\x04 broken", "file_refused"),
        ("a.zip", archive(**{"..__evil": b"x"}), "file_refused"),
        ("a.zip", archive(bomb=b"0" * 1_000_000), "file_refused"),
        ("a.zip", archive(**{"inner.zip": b"x"}), "file_refused"),
    ],
)
async def test_what_is_refused_leaves_nothing(world: World, name: str, content: bytes, code: str) -> None:
    buyer = await world.party("buyer")
    response = await upload(buyer, name, content)
    assert (response.status_code, response.json()["code"]) == (422, code), response.text
    assert (
        await world.owner.fetchval("SELECT count(*) FROM file WHERE organisation_id = $1", buyer.organisation_id) == 0
    )
    folder = world.services.settings.home / "files" / buyer.id
    assert not folder.exists() or not list(folder.iterdir())


async def test_too_large_is_refused_before_and_while_reading(world: World) -> None:
    buyer = await world.party("buyer")
    size = world.services.settings.max_upload + 1
    announced = await buyer.request(
        "POST",
        "/v1/files?name=a.pdf",
        content=PDF,
        headers={"content-type": "application/octet-stream", "content-length": str(size)},
    )
    assert (announced.status_code, announced.json()["code"]) == (413, "too_large")


async def test_a_confidential_drawing_needs_the_agreement_and_its_reading_is_recorded(world: World) -> None:
    buyer, supplier, rival = await world.party("buyer"), await world.party("supplier"), await world.party("supplier")
    file = (await upload(buyer)).json()
    draft = await world.draft(buyer, nda_required=True, nda_text="Keep it.", visibility="invited")
    attached = await buyer.done(
        "POST",
        f"/v1/rfqs/{draft['id']}/documents",
        {"file_id": file["id"], "kind": "drawing", "confidential": True},
    )
    assert attached["document"]["sha256"] == file["sha256"]
    await buyer.done("POST", f"/v1/rfqs/{draft['id']}/invitations", {"supplier_ids": [supplier.id]})
    assert (await supplier.get(f"/v1/rfqs/{draft['id']}")).status_code == 404, "a draft is nobody's business"
    await buyer.done("POST", f"/v1/rfqs/{draft['id']}/publish")
    seen = await supplier.done("GET", f"/v1/rfqs/{draft['id']}")
    assert seen["participation"] == "viewed"
    listed = await supplier.done("GET", f"/v1/rfqs/{draft['id']}/documents")
    assert (listed["items"][0]["file_id"], listed["items"][0]["unreadable"]) == (None, "nda_required")
    content = f"/v1/files/{file['id']}/content"
    assert (await supplier.get(content)).json()["code"] == "nda_required"
    assert (await rival.get(content)).status_code == 404
    wrong = await supplier.post(f"/v1/rfqs/{draft['id']}/accept-nda", {"nda_version": 9})
    assert wrong.json()["code"] == "invalid"
    await supplier.done("POST", f"/v1/rfqs/{draft['id']}/accept-nda", {"nda_version": 1})
    assert (await supplier.get(content)).content == PDF
    types = [event.type for event in await world.feed(buyer)]
    assert "participation.document_read" in types
    # A confidential document of a published RFQ cannot be taken off any more.
    rfq = await buyer.done("GET", f"/v1/rfqs/{draft['id']}")
    gone = await buyer.request(
        "DELETE", f"/v1/rfqs/{draft['id']}/documents/{attached['document']['id']}", etag=rfq["etag"]
    )
    assert (gone.status_code, gone.json()["code"]) == (409, "wrong_state")
