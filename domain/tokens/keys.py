"""The public keys that a process has seen. A `kid` is the thumbprint of its key, so what was read once stays true."""

from joserfc.jwk import OKPKey

from domain.actors import SYSTEM
from domain.database import Database
from domain.tokens import sql

KEPT = 64
"""Keys; far more than rotations leave behind in the life of a process that matters."""


class KeyRing:
    """Whether a key still counts is asked of the database with every request; here is only which key a `kid` means."""

    def __init__(self) -> None:
        self._keys: dict[str, OKPKey] = {}

    async def find(self, db: Database, kid: str) -> OKPKey | None:
        """The public key, or None when there is none of that name."""
        known = self._keys.get(kid)
        if known is not None:
            return known
        async with db.read(SYSTEM) as tx:
            found = await sql.find(tx, kid)
        if found is None:
            return None
        if len(self._keys) >= KEPT:
            self._keys.clear()
        return self._keys.setdefault(kid, found.public)
