"""Contents that a process keeps decoded: as much as was said, the RFQ of longest ago goes first."""

from uuid import UUID

from samples import content, priced

from domain.quotes.contents import Contents
from domain.sealing import canonical

ONE, TWO, THREE = (UUID(int=number) for number in (1, 2, 3))
CONTENT = content(priced(1, "12.5"))
RAW = canonical(CONTENT).decode()


def test_what_was_decoded_is_known_afterwards() -> None:
    kept = Contents()
    assert kept.of_rfq(ONE) == {}
    assert kept.decode(ONE, TWO, RAW) == CONTENT
    assert kept.of_rfq(ONE) == {TWO: CONTENT}
    assert kept.of_rfq(TWO) == {}


def test_the_rfq_of_longest_ago_goes_first() -> None:
    kept = Contents(2 * len(RAW))
    for rfq in (ONE, TWO):
        kept.decode(rfq, rfq, RAW)
    before = kept.of_rfq(ONE)
    kept.decode(THREE, THREE, RAW)
    assert [len(kept.of_rfq(rfq)) for rfq in (ONE, TWO, THREE)] == [1, 0, 1]
    for rfq in (TWO, THREE):
        kept.decode(rfq, THREE, RAW)
    assert kept.of_rfq(ONE) == {}
    assert before == {ONE: CONTENT}  # in use by somebody


def test_an_rfq_that_alone_fills_it_is_decoded_each_time() -> None:
    kept = Contents(2 * len(RAW))
    for number in range(10, 15):
        assert kept.decode(ONE, UUID(int=number), RAW) == CONTENT
    assert len(kept.of_rfq(ONE)) == 2
    assert Contents(len(RAW) - 1).decode(ONE, TWO, RAW) == CONTENT
