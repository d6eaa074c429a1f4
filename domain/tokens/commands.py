"""Issuing a token, and replacing the key that signs them."""

from datetime import datetime
from uuid import UUID

import msgspec
from joserfc.jwk import OKPKey

from domain.actors import SYSTEM
from domain.credentials.secrets import digest, is_well_formed
from domain.database import Database, Tx
from domain.errors import InvalidClient
from domain.ids import new_id, show
from domain.sealing import Sealer
from domain.tokens import jwt, rules, sql
from domain.tokens.model import KEY_OVERLAP, Claims, Issued, SigningKey

PURPOSE = "signing key"


async def issue(
    db: Database, sealer: Sealer, credential_id: UUID, secret: str, *, scope: str | None, issuer: str
) -> Issued:
    """A token for the credential whose secret this is. Raises InvalidClient, InvalidScope.

    Nothing of it is stored: it stands for the credential, which every request asks after.
    """
    if not is_well_formed(secret):
        raise InvalidClient
    async with db.read(SYSTEM) as tx:
        client = await sql.client(tx, credential_id, digest(secret))
    if client is None:
        raise InvalidClient
    granted = rules.grant(scope, client.scopes)
    key = await _signing(db, sealer)
    shown = show("credential", credential_id)
    issued, ends = int(client.now.timestamp()), rules.ends(client.now, client.secret_until)
    claims = Claims(
        iss=issuer, sub=shown, aud=issuer, client_id=shown, scope=granted, jti=new_id().hex, iat=issued, exp=ends
    )
    token = jwt.sign(_private(sealer, key), key.kid, claims)
    return Issued(token=token, client_id=shown, scope=granted, expires_in=ends - issued)


async def rotate(db: Database, sealer: Sealer, *, at_once: bool) -> SigningKey:
    """A new key signs from now on. The present ones verify until the last token under them has expired.

    With `at_once` they do not: their tokens are refused from now on, and clients ask for new ones.
    """
    async with db.transaction(SYSTEM) as tx:
        now = await tx.now()
        await sql.end(tx, now if at_once else now + KEY_OVERLAP)
        return await _make(tx, sealer, now)


async def _signing(db: Database, sealer: Sealer) -> SigningKey:
    async with db.read(SYSTEM) as tx:
        key = await sql.signs(tx)
    if key is not None:
        return key
    async with db.transaction(SYSTEM) as tx:
        await _make(tx, sealer, await tx.now())
    async with db.read(SYSTEM) as tx:
        key = await sql.signs(tx)
    if key is None:
        raise RuntimeError("the key that was made just now, by us or by somebody else, is gone")
    return key


async def _make(tx: Tx, sealer: Sealer, now: datetime) -> SigningKey:
    pair = OKPKey.generate_key("Ed25519")
    key = SigningKey(
        kid=pair.thumbprint(),
        public_key=msgspec.json.encode(pair.as_dict(private=False)).decode(),
        sealed_private_key=sealer.wrap(PURPOSE, msgspec.json.encode(pair.as_dict(private=True))),
        created_at=now,
        ends_at=None,
    )
    await sql.insert(tx, key)
    return key


def _private(sealer: Sealer, key: SigningKey) -> OKPKey:
    if key.sealed_private_key is None:
        raise RuntimeError("a key without an end has both halves")
    return OKPKey.import_key(msgspec.json.decode(sealer.unwrap(PURPOSE, key.sealed_private_key)))
