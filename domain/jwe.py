"""JSON Web Encryption in compact form (RFC 7516), as far as every write needs it: encrypting, and reading under a shared key.

`joserfc` does the same for any algorithm and takes four times as long: most of it goes into registries, headers and keys that
never differ here. What is written is fixed to A256GCM under a shared key (`dir`) or under one agreed on X25519 (`ECDH-ES`,
RFC 7518, 4.6, RFC 8037). The primitives are those of `cryptography`. Texts to an X25519 key are read by `joserfc` alone, and
the tests have each read what the other wrote.
"""

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.concatkdf import ConcatKDFHash
from joserfc.errors import DecodeError

_KEY_BYTES, _IV_BYTES, _TAG_BYTES = 32, 12, 16
_ENC = b"A256GCM"
# Concat KDF: the algorithm that the key is for, no names of the two parties, the length of the key in bits.
_OTHER_INFO = len(_ENC).to_bytes(4) + _ENC + bytes(4) + bytes(4) + (_KEY_BYTES * 8).to_bytes(4)


def _encoded(content: bytes) -> bytes:
    return urlsafe_b64encode(content).rstrip(b"=")


def _decoded(text: bytes) -> bytes:
    return urlsafe_b64decode(text + b"=" * (-len(text) % 4))


_DIRECT = _encoded(b'{"alg":"dir","enc":"A256GCM"}')
DIRECT = _DIRECT.decode() + ".."
"""How a text under a shared key begins: its header, and no encrypted key."""


def encrypt(content: bytes, key: bytes) -> str:
    """`content` under a shared key of 32 bytes."""
    return _sealed(_DIRECT, content, key)


def encrypt_to(content: bytes, public: bytes, kid: str | None = None) -> str:
    """`content` for the holder of the X25519 key whose 32 public bytes these are; `kid` names it in the header."""
    ephemeral = X25519PrivateKey.generate()
    shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(public))
    key = ConcatKDFHash(algorithm=SHA256(), length=_KEY_BYTES, otherinfo=_OTHER_INFO).derive(shared)
    header: dict[str, object] = {"alg": "ECDH-ES", "enc": "A256GCM"}
    if kid is not None:
        header["kid"] = kid
    x = _encoded(ephemeral.public_key().public_bytes_raw()).decode()
    header["epk"] = {"crv": "X25519", "x": x, "kty": "OKP"}
    return _sealed(_encoded(msgspec.json.encode(header)), content, key)


def public_bytes(jwk: str) -> bytes:
    """The 32 bytes of a public X25519 key from its JWK text. Raises ValueError where it is none."""
    told = msgspec.json.decode(jwk, type=_Public)
    return _decoded(told.x.encode())


class _Public(msgspec.Struct, frozen=True):
    kty: str
    crv: str
    x: str

    def __post_init__(self) -> None:
        if (self.kty, self.crv) != ("OKP", "X25519"):
            raise ValueError("not an X25519 key")


def decrypt(text: str, key: bytes) -> bytes:
    """What `encrypt` was given. Raises DecodeError for what was not written under `key`, or was changed."""
    try:
        header, encrypted_key, iv, ciphertext, tag = text.encode().split(b".")
        if header != _DIRECT or encrypted_key:
            raise DecodeError("not encrypted under a shared key by A256GCM")
        nonce, mark = _decoded(iv), _decoded(tag)
        if len(nonce) != _IV_BYTES or len(mark) != _TAG_BYTES:
            raise DecodeError("a part has the wrong length")
        return AESGCM(key).decrypt(nonce, _decoded(ciphertext) + mark, header)
    except (InvalidTag, ValueError) as error:
        raise DecodeError("the text is broken") from error


def _sealed(header: bytes, content: bytes, key: bytes) -> str:
    iv = os.urandom(_IV_BYTES)
    sealed = AESGCM(key).encrypt(iv, content, header)
    parts = (header, b"", _encoded(iv), _encoded(sealed[:-_TAG_BYTES]), _encoded(sealed[-_TAG_BYTES:]))
    return b".".join(parts).decode()
