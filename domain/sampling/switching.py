"""The switching rules of ISO 2859-1:1999, clauses 9.3 and 9.4, for single sampling. Pure."""

import msgspec

from domain.sampling.model import Outcome, Switching

RUN = 5
"""Lots that are looked back on."""
TOO_MANY = 2
"""Lots not accepted among the last five or fewer: inspection is tightened."""
ENOUGH = 30
"""The switching score from which inspection may be reduced."""
STOP = 5
"""Lots not accepted on tightened inspection: inspection is discontinued."""


def after_lot(state: Switching, lot: Outcome, *, may_reduce: bool) -> Switching:
    """Where the rules stand after the original inspection of one more lot.

    `may_reduce`: production is steady and the responsible authority wants reduced inspection (9.3.3.1 b, c). While
    inspection is discontinued nothing moves: `resumed` ends that.
    """
    if state.discontinued:
        return state
    recent = (*state.recent, lot.accepted)[-RUN:]
    if state.severity == "reduced":
        return msgspec.structs.replace(state, recent=recent) if lot.accepted else Switching()
    if state.severity == "tightened":
        return _on_tightened(state, recent)
    if recent.count(False) >= TOO_MANY:
        return Switching(severity="tightened")
    score = _score(state.score, lot)
    if may_reduce and score >= ENOUGH:
        return Switching(severity="reduced")
    return msgspec.structs.replace(state, recent=recent, score=score)


def _on_tightened(state: Switching, recent: tuple[bool, ...]) -> Switching:
    if len(recent) == RUN and all(recent):
        return Switching()
    rejected = state.rejected + (not recent[-1])
    return msgspec.structs.replace(state, recent=recent, rejected=rejected, discontinued=rejected >= STOP)


def _score(score: int, lot: Outcome) -> int:
    """9.3.3.2 a: three points for what a lower AQL would pass too, two where the plan accepts with 0 or 1, else none."""
    if lot.accept_number >= 2:  # noqa: PLR2004 - the standard's own boundary
        return score + 3 if lot.accepted_tighter else 0
    return score + 2 if lot.accepted else 0


def back_to_normal(state: Switching) -> Switching:
    """Production became irregular, or the authority wants it: reduced inspection ends (9.3.4); others are as they were."""
    return Switching() if state.severity == "reduced" else state


def resumed(state: Switching) -> Switching:
    """The supplier has improved: tightened inspection begins anew (9.4)."""
    return Switching(severity="tightened") if state.discontinued else state
