"""Every member of every body says what it means."""

from typing import Any

import msgspec

from api.contract.schemas import refers
from api.contract_words import members
from api.generated import openapi_document

SCHEMAS: dict[str, Any] = msgspec.json.decode(openapi_document())["components"]["schemas"]
MEMBERS = [
    (component, name, member)
    for component, schema in SCHEMAS.items()
    for name, member in schema.get("properties", {}).items()
]


def test_every_member_has_a_description_or_is_a_component_with_one() -> None:
    plain = [f"{component}.{name}" for component, name, member in MEMBERS if not refers(member)]
    described = {f"{component}.{name}" for component, name, member in MEMBERS if member.get("description")}
    assert set(plain) - described == set()
    assert [name for name, schema in SCHEMAS.items() if not schema.get("description")] == []


def test_a_description_says_more_than_the_name() -> None:
    """`The name.` of `name` would tell nobody anything."""
    for component, name, member in MEMBERS:
        words = {word.strip("`.,;:").lower() for word in member.get("description", "").split()}
        told = words - {"the", "a", "an", "of", "its", "their", "this", *name.split("_")}
        assert told or refers(member), f"{component}.{name}: {member.get('description')}"


def test_each_line_of_the_words_is_used() -> None:
    for key, text in members().items():
        component, _, name = key.rpartition(".")
        assert any(
            member.get("description") == text and found == name and component in {"", of}
            for of, found, member in MEMBERS
        ), key
        assert text.endswith("."), key
