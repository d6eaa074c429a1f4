"""How first articles look on the wire."""

from decimal import Decimal
from typing import Annotated, Literal, Self

from msgspec import Meta

from api.call import View, etag_of
from api.routes.despatches import Lot
from api.routes.rfqs_in import LineNo
from api.wire import (
    Blocked,
    DecimalText,
    ETag,
    Id,
    In,
    Int64,
    Out,
    Page,
    Positive,
    Text40,
    Text80,
    Text200,
    Text2000,
    Timestamp,
    decimal_text,
    utc,
)
from domain.first_articles import model, rules
from domain.ids import show
from domain.quantity import plain
from domain.vocabularies import state_label

Values = Annotated[list[DecimalText], Meta(max_length=model.MAX_VALUES)]
Serials = Annotated[list[Lot], Meta(max_length=model.MAX_VALUES)]
Numbers = Annotated[list[Positive], Meta(max_length=model.MAX_RESULTS)]


class FirstArticleResultIn(In):
    """What was found for one characteristic.

    Values are in the unit of the characteristic. `conforms` is said only where nominal and deviations do not decide it.
    """

    no: Positive
    values: Values = []
    conforms: bool | None = None
    note: Text200 | None = None
    instrument: Text200 | None = None


class FirstArticleDocumentIn(In):
    """One element (vocabulary `approval_elements`): a file of yours, or why it does not apply."""

    element: Text80
    file_id: Id | None = None
    not_applicable: Text200 | None = None


class FirstArticleSubmit(In, kw_only=True):
    """Measured samples of one line. Every characteristic that the line names has a result.

    With `serials`, one for each unit measured, the values of a characteristic come in their order.
    """

    line_no: LineNo
    lot: Lot
    quantity: Annotated[DecimalText, Meta(description="How many units were measured.")]
    results: Annotated[list[FirstArticleResultIn], Meta(max_length=model.MAX_RESULTS)]
    documents: Annotated[list[FirstArticleDocumentIn], Meta(max_length=model.MAX_DOCUMENTS)] = []
    note: Text2000 | None = None
    serials: Serials = []

    def draft(self) -> model.Draft:
        """As the domain takes it."""
        return model.Draft(
            line_no=self.line_no,
            lot=self.lot,
            quantity=plain(Decimal(self.quantity)),
            results=tuple(
                model.ResultDraft(
                    no=item.no,
                    values=tuple(plain(Decimal(value)) for value in item.values),
                    conforms=item.conforms,
                    note=item.note,
                    instrument=item.instrument,
                )
                for item in self.results
            ),
            documents=tuple(
                model.DocumentDraft(element=item.element, file_id=item.file_id, not_applicable=item.not_applicable)
                for item in self.documents
            ),
            note=self.note,
            serials=tuple(self.serials),
        )


class FirstArticleFinding(In):
    """Why it is rejected: a characteristic, a code of the vocabulary `defect_codes`, or words."""

    no: Positive | None = None
    code: Text80 | None = None
    note: Text2000 | None = None


class FirstArticleDecide(In, kw_only=True):
    """The decision.

    A deviation names the characteristics that it puts up with and ends: after a quantity of production in all, at an instant,
    or at whichever comes first. A rejection says why.
    """

    outcome: model.Outcome
    note: Text2000 | None = None
    characteristics: Numbers = []
    quantity: DecimalText | None = None
    until: Timestamp | None = None
    findings: Annotated[list[FirstArticleFinding], Meta(max_length=model.MAX_RESULTS)] = []

    def judgement(self) -> model.Judgement:
        """As the domain takes it."""
        return model.Judgement(
            outcome=self.outcome,
            note=self.note,
            characteristics=tuple(sorted(set(self.characteristics))),
            quantity=None if self.quantity is None else plain(Decimal(self.quantity)),
            until=self.until,
            findings=tuple(model.Finding(no=item.no, code=item.code, note=item.note) for item in self.findings),
        )


class FirstArticleResult(Out):
    """A characteristic as the drawing asks for it, and what was measured. Deviations are signed, in `unit`."""

    no: Int64
    name: Text200 | None
    nominal: DecimalText | None
    upper: DecimalText | None
    lower: DecimalText | None
    unit: Text40 | None
    ctq: bool
    values: Values
    conforms: bool
    computed: Annotated[bool, Meta(description="Whether `conforms` follows from values and limits.")]
    note: Text200 | None
    instrument: Text200 | None
    promised: Annotated[
        Literal["comply", "deviate", "cannot"] | None, Meta(description="What the awarded quote said of it.")
    ]
    promise_note: Text2000 | None

    @classmethod
    def of(cls, result: model.Result) -> Self:
        """On the wire."""
        return cls(
            no=result.no,
            name=result.name,
            nominal=None if result.nominal is None else decimal_text(result.nominal),
            upper=None if result.upper is None else decimal_text(result.upper),
            lower=None if result.lower is None else decimal_text(result.lower),
            unit=result.unit,
            ctq=result.ctq,
            values=[decimal_text(value) for value in result.values],
            conforms=result.conforms,
            computed=result.computed,
            note=result.note,
            instrument=result.instrument,
            promised=result.promised,
            promise_note=result.promise_note,
        )


class FirstArticleDocument(Out):
    """A file with its digest at the submission, or why there is none."""

    element: Text80
    file_id: Id | None
    name: Text200 | None
    sha256: Text80 | None
    not_applicable: Text200 | None


class FirstArticleFindingOut(Out):
    """Why it was rejected."""

    no: Int64 | None
    code: Text80 | None
    note: Text2000 | None


class FirstArticleDecision(Out):
    """What the buyer decided, who, and when."""

    outcome: Text40
    note: Text2000 | None
    characteristics: Annotated[list[Int64], Meta(max_length=model.MAX_RESULTS)]
    quantity: DecimalText | None
    until: Timestamp | None
    findings: Annotated[list[FirstArticleFindingOut], Meta(max_length=model.MAX_RESULTS)]
    decided_by: Text200
    decided_at: Timestamp

    @classmethod
    def of(cls, decision: model.Decision) -> Self:
        """On the wire."""
        return cls(
            outcome=decision.outcome,
            note=decision.note,
            characteristics=list(decision.characteristics),
            quantity=None if decision.quantity is None else decimal_text(decision.quantity),
            until=None if decision.until is None else utc(decision.until),
            findings=[FirstArticleFindingOut(no=one.no, code=one.code, note=one.note) for one in decision.findings],
            decided_by=decision.decided_by,
            decided_at=utc(decision.decided_at),
        )


class FirstArticle(Out):
    """One attempt to have the first article of a line approved. What was submitted never changes."""

    id: Id
    order_id: Id
    line_no: LineNo
    attempt: Int64
    state: Text40
    state_label: Text80
    allowed_actions: Annotated[list[Text80], Meta(max_length=20)]
    blocked_actions: Annotated[list[Blocked], Meta(max_length=20)]
    etag: ETag
    plan: Text40
    level: Int64 | None
    drawing_revision: Text40 | None
    lot: Lot
    serials: Serials
    quantity: DecimalText
    results: Annotated[list[FirstArticleResult], Meta(max_length=model.MAX_RESULTS)]
    documents: Annotated[list[FirstArticleDocument], Meta(max_length=model.MAX_DOCUMENTS)]
    failing: Annotated[list[Int64], Meta(max_length=model.MAX_RESULTS, description="Characteristics out of limits.")]
    note: Text2000 | None
    submitted_by: Text200
    decision: FirstArticleDecision | None
    created_at: Timestamp
    updated_at: Timestamp

    @classmethod
    def of(cls, article: model.FirstArticle, view: View) -> Self:
        """As either party sees it."""
        allowed, blocked = rules.available(article, view.actor, now=view.now)
        content = article.content
        return cls(
            id=show("first_article", article.id),
            order_id=show("order", article.order_id),
            line_no=article.line_no,
            attempt=article.attempt,
            state=article.state,
            state_label=state_label("first_article", article.state, view.language),
            allowed_actions=allowed,
            blocked_actions=[Blocked.of(name, refusal) for name, refusal in blocked],
            etag=etag_of(article.version),
            plan=content.plan,
            level=content.level,
            drawing_revision=content.drawing_revision,
            lot=content.lot,
            serials=list(content.serials),
            quantity=decimal_text(content.quantity),
            results=[FirstArticleResult.of(result) for result in content.results],
            documents=[
                FirstArticleDocument(
                    element=item.element,
                    file_id=item.file_id,
                    name=item.name,
                    sha256=item.sha256,
                    not_applicable=item.not_applicable,
                )
                for item in content.documents
            ],
            failing=list(content.failing),
            note=content.note,
            submitted_by=content.submitted_by,
            decision=None if article.decision is None else FirstArticleDecision.of(article.decision),
            created_at=utc(article.created_at),
            updated_at=utc(article.updated_at),
        )


class FirstArticlePage(Page[FirstArticle]):
    """Attempts of one order, oldest first."""
