"""Whom a secret stood for in an earlier request of this process: what saves looking it up, never what lets anybody in."""

import time

from msgspec.structs import replace

from domain.actors import Actor, Proof

KEPT_SECONDS = 60.0
"""However often it is asked for: a server whose database was put back to an earlier state forgets what it knew of the later one."""
MAX_KEPT = 10_000
"""Secrets and tokens, in one process; some 500 bytes each."""


class Remembered:
    """By the digest of a secret or token. Whether what is remembered still counts, the database says (domain/entering.py)."""

    def __init__(self) -> None:
        self._actors: dict[bytes, tuple[Actor, Proof, float]] = {}

    def find(self, digest: bytes) -> Actor | None:
        """As `keep` was told, for one request: still to be confirmed."""
        known = self._actors.get(digest)
        if known is None:
            return None
        actor, proof, until = known
        if until < time.monotonic():
            del self._actors[digest]
            return None
        return replace(actor, proof=replace(proof, is_good=False, is_stale=False))

    def keep(self, digest: bytes, actor: Actor) -> None:
        """Who was just let in, by a look at the database."""
        if actor.proof is None:
            return
        if len(self._actors) >= MAX_KEPT:
            self._actors.clear()
        self._actors[digest] = (actor, actor.proof, time.monotonic() + KEPT_SECONDS)

    def forget(self, digest: bytes) -> None:
        """It no longer counts."""
        self._actors.pop(digest, None)
