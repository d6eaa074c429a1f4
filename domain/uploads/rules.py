"""When an upload takes more bytes."""

from datetime import datetime

from domain.actors import Actor
from domain.errors import FileRefused, Forbidden, LimitReached, NotFound, OffsetMismatch, UploadExpired
from domain.uploads.model import MAX_OPEN, Upload


def decide_create(actor: Actor, *, open_now: int) -> None:
    """An organisation has few under way. Raises LimitReached."""
    if actor.organisation_id is None:
        raise Forbidden("Only an organisation keeps files.")
    if open_now >= MAX_OPEN:
        raise LimitReached(f"You have {open_now} uploads under way. Finish or delete one; they expire by themselves.")


def require_own(upload: Upload, actor: Actor, *, now: datetime) -> None:
    """Raises NotFound to everybody but its organisation, UploadExpired when it is too late."""
    if not actor.is_organisation(upload.organisation_id):
        raise NotFound("upload")
    if now >= upload.expires_at:
        raise UploadExpired("The upload has expired. Start another one.")


def decide_append(upload: Upload, offset: int) -> None:
    """Bytes are taken where those that are stored end."""
    if upload.outcome == "refused":
        raise FileRefused(upload.refusal or "The file was refused.")
    if offset != upload.received:
        raise OffsetMismatch(upload.received)
