"""Questions about an RFQ and the buyer's answers to all."""

from typing import Annotated, Self

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from msgspec import Meta

from api.call import Call, View, etag_of
from api.contract import Api
from api.paging import After, Limit, place_of
from api.routes.rfqs_in import LineNo
from api.wire import (
    Blocked,
    Code,
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
    utc,
)
from domain.ids import read, show
from domain.questions import commands, model, queries, rules
from domain.vocabularies import state_label

TAGS = ["Questions"]
Answer = Annotated[str, Meta(min_length=1, max_length=model.MAX_ANSWER)]


class Question(Out):
    """A question about an RFQ. Who asked, when, and in which words, is told to the buyer and the asker alone.

    Others see it once it is settled, in the words that the buyer published.
    """

    id: Id
    rfq_id: Id
    state: Text40
    state_label: Text80
    allowed_actions: Annotated[list[Text80], Meta(max_length=10)]
    blocked_actions: Annotated[list[Blocked], Meta(max_length=10)]
    etag: ETag
    mine: Annotated[bool, Meta(description="Whether the caller's organisation asked it.")]
    asked_by: Id | None
    asked_by_name: Text200 | None
    asked_at: Timestamp | None
    line_no: LineNo | None
    characteristic_no: Annotated[Int64, Meta(description="Its balloon in the drawing of the line.")] | None
    question: Text2000
    published_question: Annotated[str, Meta(max_length=2000, description="The wording that others read.")] | None
    answer: Annotated[str, Meta(max_length=model.MAX_ANSWER)] | None
    addendum_revision: Annotated[Int64, Meta(description="The revision whose addendum the answer cites.")] | None
    decline_reason: Text80 | None
    settled_at: Timestamp | None

    @classmethod
    def of(cls, seen: model.Seen, view: View) -> Self:
        """As the caller sees it."""
        question = seen.question
        party = rules.is_party(question, seen.buyer_id, view.actor)
        allowed, blocked = rules.available(question, seen.buyer_id, view.actor, now=view.now)
        return cls(
            id=show("question", question.id),
            rfq_id=show("rfq", question.rfq_id),
            state=question.state,
            state_label=state_label("question", question.state, view.language),
            allowed_actions=allowed,
            blocked_actions=[Blocked.of(name, refusal) for name, refusal in blocked],
            etag=etag_of(question.version),
            mine=view.actor.is_organisation(question.supplier_id),
            asked_by=show("organisation", question.supplier_id) if party else None,
            asked_by_name=seen.supplier_name if party else None,
            asked_at=utc(question.created_at) if party else None,
            line_no=question.line_no,
            characteristic_no=question.characteristic_no,
            question=question.question if party else question.published_question or "",
            published_question=question.published_question,
            answer=question.answer,
            addendum_revision=question.addendum_revision,
            decline_reason=question.decline_reason,
            settled_at=None if question.settled_at is None else utc(question.settled_at),
        )


class QuestionPage(Page[Question]):
    """Questions of one RFQ, oldest first."""


class QuestionAsk(In):
    """What is asked, and about what; `characteristic_no` is the balloon's number within the line."""

    question: Text2000
    line_no: LineNo | None = None
    characteristic_no: Positive | None = None


class QuestionAnswer(In):
    """The answer to all. `published_question` rewords a question that would give its asker away."""

    answer: Answer
    published_question: Text2000 | None = None
    addendum_revision: Positive | None = None


class QuestionDecline(In):
    """Why there is no answer: a code of `question_decline_reasons`; `published_question` as for an answer."""

    reason: Code
    published_question: Text2000 | None = None


@post(
    "/v1/rfqs/{rfq_id:str}/questions",
    status_code=201,
    tags=TAGS,
    opt={
        "api": Api(
            scopes=("quotes:write",),
            idempotent=True,
            etag=True,
            location=True,
            errors=(409,),
            codes=("deadline_passed", "invalid", "limit_reached", "nda_required", "not_participating", "wrong_state"),
        )
    },
)
async def ask_question(
    call: NamedDependency[Call], rfq_id: FromPath[str], data: JSONBody[QuestionAsk]
) -> Response[Question]:
    """Ask the buyer about an RFQ.

    For who takes part, until questions close (where no instant is set: until quotes do), by the database's clock. Other
    suppliers never learn who asked, and of the question only when it is settled.
    """
    key = read("rfq", rfq_id)
    asked = model.Asked(question=data.question, line_no=data.line_no, characteristic_no=data.characteristic_no)
    return await call.change(
        lambda db: commands.ask(db, call.actor, key, asked), Question.of, status=201, location=_location
    )


@get("/v1/rfqs/{rfq_id:str}/questions", tags=TAGS, opt={"api": Api(scopes=("rfqs:read",))})
async def list_questions(
    call: NamedDependency[Call],
    rfq_id: FromPath[str],
    limit: Limit = 50,
    after: After = None,
    question_state: Annotated[
        str | None, QueryParameter(name="state", max_length=40, description="Only this state.")
    ] = None,
) -> Response[QuestionPage]:
    """List the questions of an RFQ, oldest first.

    The buyer sees all; everybody else who may read the RFQ its own and those that are settled.
    """
    filters = ["questions", rfq_id, question_state]
    place = place_of(after, filters, 1)
    found = await queries.list_of_rfq(
        call.db,
        call.actor,
        read("rfq", rfq_id),
        after=None if place is None else read("question", str(place[0])),
        limit=limit + 1,
        state=question_state,
    )
    return call.page(
        found,
        Question.of,
        QuestionPage,
        limit=limit,
        filters=filters,
        place=lambda seen: [show("question", seen.question.id)],
    )


@get("/v1/questions/{question_id:str}", tags=TAGS, opt={"api": Api(scopes=("rfqs:read",), etag=True)})
async def get_question(call: NamedDependency[Call], question_id: FromPath[str]) -> Response[Question]:
    """Read a question.

    For the buyer and the asker; for everybody else who may read the RFQ once it is settled.
    """
    return await call.read(queries.get(call.db, call.actor, read("question", question_id)), Question.of)


@post(
    "/v1/questions/{question_id:str}/answer",
    status_code=200,
    tags=TAGS,
    opt={"api": Api(scopes=("rfqs:write",), transition=True, etag=True, codes=("invalid", "wrong_state"))},
)
async def answer_question(
    call: NamedDependency[Call], question_id: FromPath[str], data: JSONBody[QuestionAnswer]
) -> Response[Question]:
    """Answer a question, to all who may see the RFQ.

    After quoting closed too: quotes are opened only when every question is settled. The answer may cite a published
    addendum by its revision.
    """
    key = read("question", question_id)
    return await call.change(
        lambda db: commands.answer(
            db,
            call.actor,
            key,
            data.answer,
            published_question=data.published_question,
            addendum_revision=data.addendum_revision,
            expected=call.expected,
        ),
        Question.of,
    )


@post(
    "/v1/questions/{question_id:str}/decline",
    status_code=200,
    tags=TAGS,
    opt={"api": Api(scopes=("rfqs:write",), transition=True, etag=True, codes=("invalid", "wrong_state"))},
)
async def decline_question(
    call: NamedDependency[Call], question_id: FromPath[str], data: JSONBody[QuestionDecline]
) -> Response[Question]:
    """Decline to answer a question, with a reason that all see.

    What still waits when the RFQ ends is declined by itself, and its asker told.
    """
    key = read("question", question_id)
    return await call.change(
        lambda db: commands.decline(
            db, call.actor, key, data.reason, published_question=data.published_question, expected=call.expected
        ),
        Question.of,
    )


def _location(seen: model.Seen) -> str:
    return f"/v1/questions/{show('question', seen.question.id)}"


HANDLERS = [ask_question, list_questions, get_question, answer_question, decline_question]
