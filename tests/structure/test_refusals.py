"""Refusals are a closed list, and each is answered in one place."""

from api import problems, refusals
from domain import errors


def test_every_refusal_has_a_row_and_no_row_is_left_over() -> None:
    assert set(problems.TABLE) == {*errors.ALL, *refusals.ALL}


def test_codes_are_unique() -> None:
    codes = [refusal.code for refusal in problems.TABLE]
    assert len(codes) == len(set(codes))


def test_titles_stand_in_both_languages() -> None:
    for refusal, row in problems.TABLE.items():
        assert row.en, refusal
        assert row.id, refusal
        assert row.en != row.id, refusal
        assert 400 <= row.status < 600
