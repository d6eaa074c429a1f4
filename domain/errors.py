"""Every refusal the business can give. A closed list: `api/problems.py` maps each to a status, and a test checks it."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from domain.refusal import Fault as Fault  # noqa: PLC0414  they are imported from here
from domain.refusal import Refusal as Refusal  # noqa: PLC0414  they are imported from here


class NotFound(Refusal):
    """There is no such thing, or the caller may not know that there is."""

    code = "not_found"

    def __init__(self, what: str) -> None:
        super().__init__(f"There is no such {what}, or you may not see it. Check the id and the key you use.")


class Forbidden(Refusal):
    """The caller may see the thing but has no right to do this to it."""

    code = "forbidden"


class ScopeMissing(Refusal):
    """The credential lacks the scope that the operation needs."""

    code = "scope_missing"

    def __init__(self, scope: str) -> None:
        super().__init__(f"This credential lacks the scope {scope!r}. Create one that has it.")
        self.scope = scope


class NotVerified(Refusal):
    """The organisation has to be verified by a facilitator or the operator first."""

    code = "organisation_not_verified"


class WrongState(Refusal):
    """The state of the thing does not admit the action (an arrow that does not exist)."""

    code = "wrong_state"

    def __init__(self, detail: str, *, state: str, allowed: Sequence[str] = ()) -> None:
        super().__init__(detail)
        self.state = state
        self.allowed = tuple(allowed)


class DeadlinePassed(Refusal):
    """The deadline has passed by the database's clock. At the instant itself it has passed."""

    code = "deadline_passed"

    def __init__(self, what: str, deadline: datetime) -> None:
        super().__init__(f"{what} closed at {deadline.isoformat().replace('+00:00', 'Z')}, by the database's clock.")
        self.deadline = deadline


class DeadlineNotReached(Refusal):
    """The action has to wait until the deadline has passed."""

    code = "deadline_not_reached"


class Incomplete(Refusal):
    """Something that the action needs is missing; `faults` name it."""

    code = "incomplete"


class Invalid(Refusal):
    """The content breaks a rule; `faults` name each place."""

    code = "invalid"


class BatchRefused(Refusal):
    """Part of a batch that is kept as a whole or not at all cannot be done; `faults` name each place of each item."""

    code = "batch_refused"


class ImportRefused(Refusal):
    """A table holds cells that make no lines; `faults` name them as `/<sheet>/<cell>`."""

    code = "import_refused"


class Duplicate(Refusal):
    """A natural key is taken."""

    code = "duplicate"


class StaleVersion(Refusal):
    """`If-Match` does not name the present version."""

    code = "stale_version"

    def __init__(self) -> None:
        super().__init__("The resource changed since you read it. Read it again, decide again, send the new ETag.")


class VersionRequired(Refusal):
    """The action needs `If-Match`, so that nobody changes or signs what they have not seen."""

    code = "version_required"

    def __init__(self) -> None:
        super().__init__("Send the ETag of the version you read as If-Match.")


class NdaRequired(Refusal):
    """Confidential documents and quoting need the non-disclosure agreement accepted first."""

    code = "nda_required"


class NotParticipating(Refusal):
    """The supplier has to be invited, or to join, before it may do this."""

    code = "not_participating"


class NotShortlisted(Refusal):
    """Only suppliers on the shortlist quote in a later round; what others quoted before still counts."""

    code = "not_shortlisted"


class NotFirm(Refusal):
    """The RFQ is a price check, as it says: nothing of it is awarded or negotiated."""

    code = "not_firm"


class OutdatedLine(Refusal):
    """A quote line prices a revision of the RFQ line that is no longer current."""

    code = "outdated_line"


class NothingChanged(Refusal):
    """An addendum has to change something of the RFQ."""

    code = "nothing_changed"


class QuotingTimeTooShort(Refusal):
    """A material change leaves suppliers less time than their buyer's own rule demands; `faults` say until when to extend."""

    code = "quoting_time_too_short"


class StillSealed(Refusal):
    """The quotes have not been opened; the attempt is recorded under `rfq_id`."""

    code = "still_sealed"

    def __init__(self, rfq_id: UUID) -> None:
        super().__init__(
            "The quotes are sealed until the buyer opens them after the deadline. This attempt to read them is recorded."
        )
        self.rfq_id = rfq_id


class ScoresFrozen(Refusal):
    """Scores no longer change: they are closed, or prices are known, or an award was issued."""

    code = "scores_frozen"


class QuestionsUnanswered(Refusal):
    """Quotes are opened once every question is answered or declined; `count` are not."""

    code = "questions_unanswered"

    def __init__(self, count: int) -> None:
        super().__init__(
            f"{count} question{'' if count == 1 else 's'} of this RFQ wait for an answer. Answer or decline each, then open."
        )
        self.count = count


class SealBroken(Refusal):
    """What is stored of a quote is not what its receipt promises: nothing is opened until somebody has looked into it."""

    code = "seal_broken"


class QuantityExceeded(Refusal):
    """More than there is: awarded beyond what is left, complained of beyond what was accepted, undone beyond what was done."""

    code = "quantity_exceeded"


class BelowDespatched(Refusal):
    """An order cannot become less than what has been sent of it, or be cancelled by one side once something was sent."""

    code = "below_despatched"


class ChangeOutdated(Refusal):
    """What a change order would change has changed since it was proposed."""

    code = "change_outdated"


class OverDespatch(Refusal):
    """More would be sent than was ordered, with tolerance and what may be sent again."""

    code = "over_despatch"


class InvoiceMismatch(Refusal):
    """An invoice does not agree with its order and with what was accepted. Each difference is named."""

    code = "invoice_mismatch"


class AlreadyPaid(Refusal):
    """Nothing of the invoice is open."""

    code = "already_paid"


class DuplicatePayment(Refusal):
    """A payment with this reference is recorded for the invoice."""

    code = "duplicate_payment"


class Overpayment(Refusal):
    """More would be paid than is open."""

    code = "overpayment"


class OverReceipt(Refusal):
    """More would be counted as received or short than is under way."""

    code = "over_receipt"


class OverInspection(Refusal):
    """More would be accepted and rejected than was received."""

    code = "over_inspection"


class OverReturn(Refusal):
    """More would go back to the supplier than is decided to."""

    code = "over_return"


class FrozenHorizon(Refusal):
    """What is due so soon changes only by a change order that both sides sign; `faults` name each place."""

    code = "frozen_horizon"


class ConcessionRequired(Refusal):
    """The sample of a lot failed: accepting it takes a concession, or as many rejected as failed."""

    code = "concession_required"


class FirstArticleRequired(Refusal):
    """Production waits for the buyer's approval of a first article."""

    code = "first_article_required"


class DeviationExhausted(Refusal):
    """The first article was approved with a deviation, whose quantity or time is used up."""

    code = "deviation_exhausted"


class Standstill(Refusal):
    """Losing suppliers may still object: the award can be accepted only from an instant on."""

    code = "standstill"

    def __init__(self, until: datetime) -> None:
        super().__init__(
            f"Standstill until {until.isoformat().replace('+00:00', 'Z')}, by the database's clock: accept from then on."
        )
        self.until = until


class ObjectionOpen(Refusal):
    """An objection to the awards of the RFQ waits for the buyer's decision."""

    code = "objection_open"


class NoSuccessor(WrongState):
    """No further quote can be offered what an ended award left."""

    code = "no_successor"


class FourEyes(Refusal):
    """A second person has to do this."""

    code = "four_eyes_required"


class QuoteExpired(Refusal):
    """The validity that the supplier gave has passed."""

    code = "quote_expired"


class FileNotClean(Refusal):
    """The file is still being checked, or was rejected."""

    code = "file_not_clean"


class FileRefused(Refusal):
    """The file's content does not agree with its name, is empty, or is of a kind that is not taken."""

    code = "file_refused"


class OffsetMismatch(Refusal):
    """The bytes sent do not begin where those that are stored end."""

    code = "offset_mismatch"

    def __init__(self, offset: int) -> None:
        super().__init__(f"{offset} bytes are stored. Ask with HEAD, and send those from there on.")


class UploadExpired(Refusal):
    """The upload was not finished in time."""

    code = "upload_expired"


class TooLarge(Refusal):
    """More bytes than the limit."""

    code = "too_large"


class SolverUnavailable(Refusal):
    """Scenarios are being solved in every slot, or the solver did not come back in time. The same request may succeed later."""

    code = "solver_unavailable"
    retry_after: ClassVar[int] = 5


class LimitReached(Refusal):
    """A count limit of the installation or of the resource is reached."""

    code = "limit_reached"


class InvalidClient(Refusal):
    """A token was asked for with a client that is unknown, or with a secret that is not in force."""

    code = "invalid_client"

    def __init__(self) -> None:
        super().__init__(
            "There is no such client with this secret, or it is not in force. `client_id` is the id of a credential, "
            "`client_secret` its key."
        )


class InvalidScope(Refusal):
    """A token was asked for with a scope that the client does not hold."""

    code = "invalid_scope"


ALL: tuple[type[Refusal], ...] = tuple(
    sorted(
        (
            cls
            for cls in list(globals().values())
            if isinstance(cls, type) and issubclass(cls, Refusal) and cls is not Refusal
        ),
        key=lambda cls: cls.code,
    )
)
"""Every named refusal, by code."""
