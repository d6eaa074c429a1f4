"""What is kept from a reader cannot be found by trying."""

from datetime import UTC, datetime

from domain.ids import new_id
from domain.ledger import hashing


def event(change: dict[str, object]) -> hashing.Recorded:
    return hashing.Recorded(
        id=new_id(),
        type="rfq.updated",
        subject_type="rfq",
        subject_id=new_id(),
        subject_version=2,
        from_state="draft",
        to_state="draft",
        credential_id=None,
        organisation_id=None,
        actor_name="clock",
        at=datetime(2026, 11, 24, tzinfo=UTC),
        data={},
        private_to=None,
        private_data={"cif_unit_price": "7"},
        change=change,
    )


def test_hidden_parts_are_salted_each_by_itself() -> None:
    one = event({"price": "7"})
    first, second = hashing.new_salt(), hashing.new_salt()
    assert hashing.leaf_2(one, first) != hashing.leaf_2(one, second)
    assert hashing.part_salt(first, "private") != hashing.part_salt(first, "hidden")
    guess = hashing.hidden(one)
    shown_salt = hashing.part_salt(first, "private")
    real = hashing.salted_digest(guess, hashing.part_salt(first, "hidden"))
    assert hashing.salted_digest(guess, shown_salt) != real, "the salt that is shown tells nothing of the other part"
    assert hashing.shown_digest(guess) != real


def test_the_leaf_is_what_its_parts_give() -> None:
    one, salt = event({"price": "7"}), hashing.new_salt()
    parts = (
        hashing.shown_digest(hashing.shown(one)),
        hashing.salted_digest(hashing.private(one), hashing.part_salt(salt, "private")),
        hashing.salted_digest(hashing.hidden(one), hashing.part_salt(salt, "hidden")),
    )
    assert hashing.join(*parts) == hashing.leaf_2(one, salt)
    assert {"change", "credential_id", "private_data"}.isdisjoint(hashing.shown(one))
