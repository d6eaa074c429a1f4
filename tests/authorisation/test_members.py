"""What each caller finds in an answer, member by member, as `members.json` says.

For a row of the matrix: `members`, all there are, and `withheld`, those of them that are null or empty to a caller and are not to
another. A member that is added to a Struct fails here until somebody has decided who sees it.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from authorisation.calls import request
from authorisation.stage import PARTIES, Stage
from authorisation.test_matrix import ROWS, Row

pytestmark = pytest.mark.slow

FILE = Path(__file__).with_name("members.json")
DIFFERING = frozenset(
    """getRfq listRfqs listDocuments listParticipants listQuestions getQuestion listAddenda listRfqQuotes getQuote listQuotes
    listQuoteReceipts getOpeningBundle compareQuotes getRanking listScores listCounterOffers getCounterOffer getAward listAwards
    getSuccessors getObjection listObjections getOrder listOrders listChangeOrders getChangeOrder getFirstArticle
    getNonconformance getInvoice getInvoiceMatch getCostClaim getMark listMarks getScorecard getImportSubstitution getOrganisation
    listOrganisations getCapabilities getMembers listMemberships getMe getFile getBilling getSchedule getCoverage listAccessAttempts
    getLotHistory getCharacteristicHistory""".split()
)
"""Operations whose answers are read by more than one kind of caller, or tell most."""
CASES = [row for row in ROWS if row.operation in DIFFERING and "ok" in {row.expected[name] for name in PARTIES}]


def found_in(value: Any, pointer: str = "") -> Iterator[tuple[str, bool]]:
    """(place, whether it says something) of every member; elements of a list have one place together."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield f"{pointer}/{name}", each not in (None, [], {})
            yield from found_in(each, f"{pointer}/{name}")
    elif isinstance(value, list):
        for each in value:
            yield from found_in(each, f"{pointer}/*")


async def observed(stage: Stage, row: Row) -> dict[str, Any]:
    """What the file has to say of the row."""
    sent = await request(stage, row.operation, row.on)
    members: set[str] = set()
    told: dict[str, set[str]] = {}
    for name in PARTIES:
        if row.expected[name] == "ok":
            answer = (await sent.by(stage.world, stage.party(name))).json()
            told[name] = {place for place, says in found_in(answer) if says}
            members |= {place for place, _ in found_in(answer)}
    anybody = set().union(*told.values())
    withheld = {name: sorted(anybody - seen) for name, seen in told.items()}
    return {"members": sorted(members), "withheld": {name: places for name, places in withheld.items() if places}}


@pytest.mark.parametrize("row", [pytest.param(row, id=f"{row.operation}-{row.on}") for row in CASES])
async def test_each_caller_is_shown_the_members_that_are_its_own(row: Row, stage: Stage) -> None:
    expected = json.loads(FILE.read_text()).get(f"{row.operation} {row.on}")
    found = await observed(stage, row)
    assert found == expected, f"decide who sees what, and write to {FILE.name}:\n{json.dumps(found)}"


def test_nothing_is_listed_that_nobody_reads() -> None:
    assert set(json.loads(FILE.read_text())) == {f"{row.operation} {row.on}" for row in CASES}
