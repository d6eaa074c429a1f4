"""Our JSON Web Encryption against another's: `joserfc` reads what we write, and we read what it writes."""

import os

import msgspec
import pytest
from joserfc import jwe as jose
from joserfc.errors import DecodeError
from joserfc.jwk import OctKey, OKPKey

from domain import jwe

CONTENT = b'{"harga":"Rp 1.250"}' * 40
KEY = bytes(range(32))
SHARED = {"alg": "dir", "enc": "A256GCM"}
LIMITS = jose.JWERegistry(algorithms=["dir", "ECDH-ES", "A256GCM"])


def test_joserfc_reads_what_is_written_under_a_shared_key() -> None:
    read = jose.decrypt_compact(jwe.encrypt(CONTENT, KEY), OctKey.import_key(KEY), registry=LIMITS)
    assert read.plaintext == CONTENT
    assert read.headers() == SHARED


def test_what_joserfc_wrote_under_a_shared_key_is_read() -> None:
    text = jose.encrypt_compact(SHARED, CONTENT, OctKey.import_key(KEY), registry=LIMITS)
    assert text.startswith(jwe.DIRECT)
    assert jwe.decrypt(text, KEY) == CONTENT


@pytest.mark.parametrize("kid", [None, "a key"])
def test_joserfc_reads_what_is_written_to_a_public_key(kid: str | None) -> None:
    pair = OKPKey.generate_key("X25519")
    public = jwe.public_bytes(msgspec.json.encode(pair.as_dict(private=False)).decode())
    read = jose.decrypt_compact(jwe.encrypt_to(CONTENT, public, kid), pair, registry=LIMITS)
    assert read.plaintext == CONTENT
    assert read.headers().get("kid") == kid
    assert read.headers()["alg"] == "ECDH-ES"


def test_nothing_is_written_twice_alike() -> None:
    assert jwe.encrypt(CONTENT, KEY) != jwe.encrypt(CONTENT, KEY)


@pytest.mark.parametrize("part", range(5))
def test_a_changed_part_is_noticed(part: int) -> None:
    parts = jwe.encrypt(CONTENT, KEY).split(".")
    sign = "A" if not parts[part].startswith("A") else "B"
    parts[part] = sign + parts[part][1:]
    with pytest.raises(DecodeError):
        jwe.decrypt(".".join(parts), KEY)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "....",
        "no parts",
        "\u00e9....",
        jwe.DIRECT + "AAAA.AAAA.AAAA",
        jwe.DIRECT + "AAAAAAAAAAAAAAAA.." + "A" * 22,
        jwe.DIRECT + "AAAAAAAAAAAAAAAA..AA",
    ],
)
def test_what_is_no_such_text_is_refused(text: str) -> None:
    with pytest.raises(DecodeError):
        jwe.decrypt(text, KEY)


@pytest.mark.parametrize("header", [{"alg": "dir", "enc": "A128GCM"}, {"alg": "A256KW", "enc": "A256GCM"}])
def test_another_algorithm_is_refused(header: dict[str, str]) -> None:
    key = KEY[:16] if header["enc"] == "A128GCM" else KEY
    registry = jose.JWERegistry(algorithms=[*header.values()])
    text = jose.encrypt_compact(header, CONTENT, OctKey.import_key(key), registry=registry)
    with pytest.raises(DecodeError):
        jwe.decrypt(text, key)


def test_another_key_is_refused() -> None:
    with pytest.raises(DecodeError):
        jwe.decrypt(jwe.encrypt(CONTENT, KEY), os.urandom(32))


@pytest.mark.parametrize("jwk", [{"kty": "OKP", "crv": "Ed25519", "x": "AA"}, {"kty": "oct", "crv": "", "x": ""}, {}])
def test_another_kind_of_key_is_refused(jwk: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"X25519|missing"):
        jwe.public_bytes(msgspec.json.encode(jwk).decode())
