"""The only place where a refusal meets an HTTP status, a title in two languages, and problem+json (RFC 9457)."""

from typing import Any, NamedTuple

import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException

from api import refusals
from api.blobs import BlobsError
from api.context import Context, context_of
from api.strict import BodyRefused
from api.wire import Problem, ProblemError
from domain import errors
from domain.database import UNAVAILABLE
from domain.entering import NotLetIn
from domain.errors import Refusal
from domain.sealing import KeyNotHeld

TYPE_PREFIX = "urn:jembatan:problem:"
MEDIA_TYPE = "application/problem+json"
MAX_FAULTS = 50


class Row(NamedTuple):
    """How one refusal is answered."""

    status: int
    en: str
    id: str


TABLE: dict[type[Refusal], Row] = {
    errors.NotFound: Row(404, "Not found", "Tidak ditemukan"),
    errors.Forbidden: Row(403, "Not allowed", "Tidak diizinkan"),
    errors.ScopeMissing: Row(403, "Scope missing", "Hak akses kurang"),
    errors.NotVerified: Row(403, "Organisation not verified", "Organisasi belum diverifikasi"),
    errors.WrongState: Row(409, "Wrong state", "Status tidak sesuai"),
    errors.DeadlinePassed: Row(409, "Deadline passed", "Batas waktu telah lewat"),
    errors.DeadlineNotReached: Row(409, "Deadline not reached", "Batas waktu belum tercapai"),
    errors.Incomplete: Row(422, "Incomplete", "Belum lengkap"),
    errors.Invalid: Row(422, "Invalid content", "Isi tidak sah"),
    errors.BatchRefused: Row(422, "Batch refused", "Kumpulan ditolak"),
    errors.ImportRefused: Row(422, "Import refused", "Impor ditolak"),
    errors.Duplicate: Row(409, "Already exists", "Sudah ada"),
    errors.StaleVersion: Row(412, "Changed meanwhile", "Sudah berubah"),
    errors.VersionRequired: Row(428, "If-Match required", "If-Match wajib diisi"),
    errors.NdaRequired: Row(403, "Non-disclosure agreement required", "Perjanjian kerahasiaan wajib disetujui"),
    errors.NotParticipating: Row(403, "Not participating", "Bukan peserta"),
    errors.NotShortlisted: Row(403, "Not shortlisted", "Tidak masuk daftar pendek"),
    errors.NotFirm: Row(409, "Not a firm request", "Bukan permintaan pasti"),
    errors.OutdatedLine: Row(409, "Line changed", "Baris telah berubah"),
    errors.NothingChanged: Row(409, "Nothing changed", "Tidak ada perubahan"),
    errors.QuotingTimeTooShort: Row(409, "Too little time to quote", "Waktu penawaran terlalu singkat"),
    errors.StillSealed: Row(409, "Quotes still sealed", "Penawaran masih tersegel"),
    errors.ScoresFrozen: Row(409, "Scores frozen", "Nilai sudah dikunci"),
    errors.QuestionsUnanswered: Row(409, "Questions unanswered", "Pertanyaan belum dijawab"),
    errors.SealBroken: Row(500, "Seal broken", "Segel rusak"),
    errors.QuantityExceeded: Row(409, "Quantity exceeded", "Jumlah melebihi batas"),
    errors.BelowDespatched: Row(409, "Less than was sent", "Kurang dari yang sudah dikirim"),
    errors.ChangeOutdated: Row(409, "Change outdated", "Usulan perubahan tidak berlaku lagi"),
    errors.OverDespatch: Row(409, "More than may be sent", "Pengiriman melebihi pesanan"),
    errors.ConcessionRequired: Row(409, "Concession required", "Perlu konsesi"),
    errors.OverReturn: Row(409, "More than may go back", "Retur melebihi keputusan"),
    errors.FirstArticleRequired: Row(409, "First article required", "Perlu persetujuan sampel awal"),
    errors.DeviationExhausted: Row(409, "Deviation exhausted", "Konsesi habis"),
    errors.OverReceipt: Row(409, "More than is under way", "Penerimaan melebihi pengiriman"),
    errors.OverInspection: Row(409, "More than was received", "Pemeriksaan melebihi penerimaan"),
    errors.InvoiceMismatch: Row(409, "Invoice differs", "Faktur tidak sesuai"),
    errors.AlreadyPaid: Row(409, "Already paid", "Sudah lunas"),
    errors.DuplicatePayment: Row(409, "Payment known", "Pembayaran sudah dicatat"),
    errors.Overpayment: Row(409, "More than is open", "Pembayaran melebihi sisa tagihan"),
    errors.FrozenHorizon: Row(409, "Within the frozen horizon", "Jadwal sudah dibekukan"),
    errors.Standstill: Row(409, "Standstill", "Masa sanggah belum berakhir"),
    errors.ObjectionOpen: Row(409, "Objection undecided", "Sanggahan belum diputuskan"),
    errors.NoSuccessor: Row(409, "Nobody is left", "Tidak ada penawar berikutnya"),
    errors.FourEyes: Row(403, "Second person required", "Perlu orang kedua"),
    errors.QuoteExpired: Row(409, "Quote expired", "Masa berlaku penawaran habis"),
    errors.FileNotClean: Row(409, "File not released", "Berkas belum dapat digunakan"),
    errors.FileRefused: Row(422, "File refused", "Berkas ditolak"),
    errors.OffsetMismatch: Row(409, "Wrong offset", "Posisi tidak sesuai"),
    errors.UploadExpired: Row(410, "Upload expired", "Unggahan kedaluwarsa"),
    errors.TooLarge: Row(413, "Too large", "Terlalu besar"),
    errors.SolverUnavailable: Row(503, "Solver unavailable", "Pemecah skenario tidak tersedia"),
    errors.LimitReached: Row(409, "Limit reached", "Batas tercapai"),
    errors.InvalidClient: Row(401, "Client not accepted", "Klien tidak diterima"),
    errors.InvalidScope: Row(400, "Scope not held", "Hak akses tidak dimiliki"),
    refusals.InvalidTokenRequest: Row(400, "Malformed token request", "Permintaan token tidak sah"),
    refusals.UnsupportedGrantType: Row(400, "Grant type not supported", "Jenis izin tidak didukung"),
    refusals.Unauthenticated: Row(401, "Key required", "Perlu kunci akses"),
    refusals.UnknownParameter: Row(400, "Unknown parameter", "Parameter tidak dikenal"),
    refusals.InvalidParameter: Row(400, "Invalid parameter", "Parameter tidak sah"),
    refusals.NotAcceptable: Row(406, "Not acceptable", "Format tidak tersedia"),
    refusals.UnsupportedMediaType: Row(415, "Unsupported media type", "Jenis isi tidak didukung"),
    refusals.KeyMissing: Row(400, "Idempotency-Key required", "Idempotency-Key wajib diisi"),
    refusals.KeyReused: Row(422, "Idempotency-Key reused", "Idempotency-Key sudah dipakai"),
    refusals.KeyInProgress: Row(409, "Request under way", "Permintaan sedang diproses"),
    refusals.Overloaded: Row(503, "Unavailable", "Layanan tidak tersedia"),
    refusals.TooManyStreams: Row(429, "Too many streams", "Terlalu banyak aliran"),
    refusals.RateLimited: Row(429, "Too many requests", "Terlalu banyak permintaan"),
    refusals.MalformedBody: Row(400, "Malformed body", "Isi bukan JSON"),
    refusals.InvalidBody: Row(422, "Invalid body", "Isi tidak sesuai"),
    refusals.TusVersion: Row(412, "Unsupported tus version", "Versi tus tidak didukung"),
    refusals.ChecksumMismatch: Row(460, "Checksum mismatch", "Checksum tidak cocok"),
    refusals.TooSlow: Row(408, "Too slow", "Terlalu lambat"),
    refusals.RangeNotSatisfiable: Row(416, "Range not satisfiable", "Rentang tidak tersedia"),
    refusals.NoSuchRoute: Row(404, "No such route", "Alamat tidak ada"),
    refusals.MethodNotAllowed: Row(405, "Method not allowed", "Metode tidak diizinkan"),
    refusals.InternalError: Row(500, "Internal error", "Kesalahan internal"),
}
STORED_STATUSES = frozenset({404, 409, 403, 422})
"""Refusals that an idempotent retry gets again; the others tell of the moment, not of the request."""
MOMENTARY: frozenset[type[Refusal]] = frozenset({refusals.KeyInProgress, refusals.KeyReused})


def is_stored(refusal: Refusal) -> bool:
    """Whether a retry with the same key gets this refusal again."""
    return type(refusal) not in MOMENTARY and TABLE[type(refusal)].status in STORED_STATUSES


def status_of(refusal: Refusal) -> int:
    """The HTTP status of a refusal."""
    return TABLE[type(refusal)].status


OAUTH_ERRORS = frozenset(
    {errors.InvalidClient, errors.InvalidScope, refusals.InvalidTokenRequest, refusals.UnsupportedGrantType}
)
"""Refusals of the token endpoint. Their codes are those of RFC 6749 section 5.2."""


ISSUING = "issue_token"
TOKEN_ERRORS = {
    401: "invalid_client",
    429: "temporarily_unavailable",
    500: "server_error",
    503: "temporarily_unavailable",
}
"""What else is refused of a token request (by its rate, its media type, a lack of room), as an OAuth client knows it; any other is
`invalid_request`. RFC 6749 has the last two for another endpoint, and no word of its own for this one."""
UNQUOTED = str.maketrans({'"': "'", "\\": "/"})


class TokenProblem(Problem):
    """A problem that is an OAuth error as well: two further members, as RFC 9457 section 3.2 admits."""

    error: str
    error_description: str


def body_of(refusal: Refusal, context: Context) -> bytes:
    """The problem document of a refusal, in the caller's language, as JSON."""
    problem = problem_of(refusal, context)
    if _is_oauth(refusal, context):
        # RFC 6749 keeps quotes and everything beyond ASCII out of the description.
        words = problem.detail.translate(UNQUOTED).encode("ascii", "replace").decode()
        error = refusal.code if type(refusal) in OAUTH_ERRORS else TOKEN_ERRORS.get(problem.status, "invalid_request")
        problem = TokenProblem(**msgspec.structs.asdict(problem), error=error, error_description=words)
    return msgspec.json.encode(problem)


def _is_oauth(refusal: Refusal, context: Context) -> bool:
    """Whether the caller reads the body as an OAuth client does."""
    return type(refusal) in OAUTH_ERRORS or context.operation == ISSUING


def problem_of(refusal: Refusal, context: Context) -> Problem:
    """What is said of a refusal, before it is written."""
    row = TABLE[type(refusal)]
    return Problem(
        type=TYPE_PREFIX + refusal.code,
        title=row.id if context.language == "id" else row.en,
        status=row.status,
        detail=refusal.detail[:2000],
        instance=f"urn:jembatan:request:{context.request_id}",
        code=refusal.code,
        request_id=context.request_id,
        errors=[ProblemError(pointer=f.pointer[:500], detail=f.detail[:1000]) for f in refusal.faults[:MAX_FAULTS]]
        or None,
        state=getattr(refusal, "state", None),
        allowed_actions=list(refusal.allowed) if isinstance(refusal, errors.WrongState) else None,
    )


def headers_of(refusal: Refusal, context: Context) -> dict[str, str]:
    """Headers that go with a refusal."""
    headers = {"content-language": context.language, "vary": "Accept-Language", "cache-control": "no-store"}
    if isinstance(refusal, refusals.Unauthenticated):
        error = "" if refusal.error is None else f', error="{refusal.error}"'
        headers["www-authenticate"] = f'Bearer realm="jembatan"{error}'
    if isinstance(refusal, errors.InvalidClient):
        headers["www-authenticate"] = 'Basic realm="jembatan", charset="UTF-8"'
    if _is_oauth(refusal, context):
        headers["pragma"] = "no-cache"
    retry_after = getattr(refusal, "retry_after", None)
    if retry_after is not None:
        headers["retry-after"] = str(retry_after)
    return headers


def refusal_of(error: Exception, context: Context) -> Refusal:
    """The refusal behind any exception. What we did not foresee is logged and becomes InternalError."""
    if isinstance(error, Refusal):
        return error
    if isinstance(error, NotLetIn):
        return refusals.Unauthenticated()  # never sent: the request is begun anew, with a look at the credential
    if isinstance(error, BodyRefused):
        kind = refusals.MalformedBody if error.status == 400 else refusals.InvalidBody  # noqa: PLR2004
        return kind(error.detail, faults=[errors.Fault(pointer, detail) for pointer, detail in error.errors])
    if isinstance(error, HTTPException):
        return _of_framework(error)
    moment = _of_the_moment(error, context)
    if moment is not None:
        return moment
    # The exception's text may quote what was sent, a price even: its type and place are enough to find it.
    context.log.error("unforeseen", error=type(error).__name__, where=_where(error))
    return refusals.InternalError(f"Something failed on our side. Tell support the request id {context.request_id}.")


def _of_the_moment(error: Exception, context: Context) -> Refusal | None:
    """What the request cannot help, and the operator can."""
    if isinstance(error, BlobsError):
        context.log.error("storage_unavailable", error=str(error))
        return refusals.Overloaded("The file storage does not answer just now. Repeat the request with the same key.")
    if isinstance(error, KeyNotHeld):
        context.log.error("opening_key_not_held", error=str(error))
        return refusals.Overloaded(
            "This server does not hold the opening key that the RFQ is sealed to; nothing was opened. The operator's log "
            "names the key. Repeat the request with the same key."
        )
    if isinstance(error, UNAVAILABLE):
        context.log.warning("database_unavailable", error=type(error).__name__)
        return refusals.Overloaded("The database does not answer just now. Repeat the request with the same key.")
    return None


def _of_framework(error: HTTPException) -> Refusal:
    known: dict[int, Refusal] = {
        404: refusals.NoSuchRoute("No operation has this path. GET /openapi.json lists them."),
        405: refusals.MethodNotAllowed("This path takes other methods. GET /openapi.json lists them."),
        413: errors.TooLarge("The body is larger than this operation takes."),
        415: refusals.UnsupportedMediaType("Send the body with the Content-Type that the operation documents."),
    }
    if error.status_code in known:
        return known[error.status_code]
    extra: Any = error.extra
    faults = [
        errors.Fault(str(item.get("key", "")), str(item.get("message", "")))
        for item in (extra if isinstance(extra, list) else [])
        if isinstance(item, dict)
    ]
    places = "; ".join(f"{fault.pointer}: {fault.detail}" for fault in faults)
    return refusals.InvalidParameter(f"A parameter is missing or has a value it does not take. {places}".strip())


def _where(error: BaseException) -> str:
    trace = error.__traceback__
    places = []
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{code.co_filename.rsplit('/', 2)[-1]}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return " < ".join(reversed(places[-6:]))


def answer(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """Litestar's exception handler for everything."""
    context = context_of(request.scope)
    refusal = refusal_of(error, context)
    context.problem = refusal.code
    headers = headers_of(refusal, context)
    if isinstance(error, HTTPException) and error.status_code == 405 and error.headers:  # noqa: PLR2004
        headers |= {name.lower(): value for name, value in error.headers.items() if name.lower() == "allow"}
    return Response(body_of(refusal, context), status_code=status_of(refusal), media_type=MEDIA_TYPE, headers=headers)
