"""Files that one party of an order puts before the other: with a first article, a despatch, an invoice, a claim."""

from collections.abc import Iterable
from uuid import UUID

from domain.actors import Actor
from domain.database import Tx
from domain.errors import Fault, FileNotClean, Invalid, NotFound
from domain.files import sql as files
from domain.files.model import File
from domain.ids import read
from domain.orders import sql


async def put_before(tx: Tx, actor: Actor, order_id: UUID, named: Iterable[tuple[str, str]]) -> dict[str, File]:
    """Let both parties of the order read files of the actor's; `named` are (JSON pointer, file id as clients see it).

    Returns the files by that id. Raises Invalid for files that are not the actor's own, FileNotClean for unchecked ones.
    """
    found: dict[str, File] = {}
    faults = []
    for pointer, shown in named:
        try:
            file = await files.get(tx, read("file", shown))
        except NotFound:
            file = None
        if file is None or not actor.is_organisation(file.organisation_id):
            faults.append(Fault(pointer, "You have no such file. Upload it first."))
        elif file.state != "clean":
            raise FileNotClean(f"The file is {file.state}; only a clean one can be shown to the other party.")
        else:
            found[shown] = file
    if faults:
        raise Invalid("Only files of your own can be shown to the other party.", faults=faults)
    await sql.insert_papers(tx, order_id, [file.id for file in found.values()])
    return found
