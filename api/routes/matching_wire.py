"""How a workshop stands to an RFQ, as the buyer and the workshop itself see it."""

from typing import Annotated, Self

from msgspec import Meta

from api.call import View
from api.wire import Code, DecimalText, Id, Out, Text40, Text200, decimal_text
from domain.ids import show
from domain.matching import model

Codes = Annotated[list[Code], Meta(max_length=200)]


class MatchNote(Out):
    """One reason for or against, and what it is about: a process, a material, an IT grade, a certificate, a regency.

    `capacity` tells what a month needs, as `4000 H87`.
    """

    code: model.NoteCode
    subject: Text200 | None

    @classmethod
    def of(cls, note: model.Note) -> Self:
        """As both sides see it."""
        return cls(code=note.code, subject=note.subject)


class MemberMatch(Out):
    """What a member of a cooperative would do of the RFQ."""

    organisation_id: Id
    name: Text200
    processes: Codes

    @classmethod
    def of(cls, part: model.MemberPart) -> Self:
        """As both sides see it."""
        return cls(
            organisation_id=show("organisation", part.organisation_id), name=part.name, processes=list(part.processes)
        )


Notes = Annotated[list[MatchNote], Meta(max_length=1200)]
MemberMatches = Annotated[
    list[MemberMatch], Meta(max_length=100, description="Members whose operations a cooperative counts in.")
]


class SupplierMatch(Out):
    """A workshop that can do (a part of) what the RFQ asks for. `score` orders the list, 0 to 100.

    `organisation_id` is what `inviteSuppliers` takes.
    """

    organisation_id: Id
    name: Text200
    region_code: Text40 | None
    coverage: model.Coverage
    score: DecimalText
    covered_processes: Codes
    outside_processes: Codes
    members: MemberMatches
    why: Notes
    missing: Notes

    @classmethod
    def of(cls, candidate: model.Candidate, _: View) -> Self:
        """As the buyer sees it."""
        return cls(
            organisation_id=show("organisation", candidate.organisation_id),
            name=candidate.name,
            region_code=candidate.region_code,
            coverage=candidate.coverage,
            score=decimal_text(candidate.score),
            covered_processes=list(candidate.covered_processes),
            outside_processes=list(candidate.outside_processes),
            members=[MemberMatch.of(part) for part in candidate.members],
            why=[MatchNote.of(note) for note in candidate.why],
            missing=[MatchNote.of(note) for note in candidate.missing],
        )


class RfqFit(Out):
    """How the caller's workshop stands as a candidate for the RFQ: what its buyer would see of it."""

    coverage: model.Coverage
    score: DecimalText
    covered_processes: Codes
    outside_processes: Codes
    members: MemberMatches
    why: Notes
    missing: Notes

    @classmethod
    def of(cls, candidate: model.Candidate) -> Self:
        """As the workshop sees it."""
        return cls(
            coverage=candidate.coverage,
            score=decimal_text(candidate.score),
            covered_processes=list(candidate.covered_processes),
            outside_processes=list(candidate.outside_processes),
            members=[MemberMatch.of(part) for part in candidate.members],
            why=[MatchNote.of(note) for note in candidate.why],
            missing=[MatchNote.of(note) for note in candidate.missing],
        )
