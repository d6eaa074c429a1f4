"""Refusals of the edge: what is wrong with a request before it reaches the business."""

from typing import ClassVar

from domain.errors import Refusal


class Unauthenticated(Refusal):
    """No key or token, or none that is in force."""

    code = "unauthenticated"

    def __init__(self, why: str | None = None) -> None:
        super().__init__(why or "Send a key that is in force as `Authorization: Bearer jbt_…`, or an access token.")
        self.error = None if why is None else "invalid_token"
        """The code of RFC 6750 section 3.1; None when nothing was sent that could be judged."""


class InvalidTokenRequest(Refusal):
    """A request for a token that is not as RFC 6749 has it."""

    code = "invalid_request"


class UnsupportedGrantType(Refusal):
    """A token was asked for by another grant than client credentials."""

    code = "unsupported_grant_type"


class UnknownParameter(Refusal):
    """A query parameter that the operation does not have, or one given twice."""

    code = "unknown_parameter"


class InvalidParameter(Refusal):
    """A query parameter or header whose value does not make sense."""

    code = "invalid_parameter"


class NotAcceptable(Refusal):
    """`Accept` admits nothing that the operation can answer."""

    code = "not_acceptable"


class UnsupportedMediaType(Refusal):
    """The body's Content-Type is not one the operation takes."""

    code = "unsupported_media_type"


class KeyMissing(Refusal):
    """A POST that creates or moves something came without `Idempotency-Key`."""

    code = "idempotency_key_required"

    def __init__(self) -> None:
        super().__init__("Send a fresh Idempotency-Key (say, a UUID) with every new attempt, and the same on a retry.")


class KeyReused(Refusal):
    """The `Idempotency-Key` was used with another request."""

    code = "idempotency_key_reused"

    def __init__(self) -> None:
        super().__init__("This Idempotency-Key belongs to a request with another path or body. Use a fresh key.")


class KeyInProgress(Refusal):
    """A request with this `Idempotency-Key` is being worked on."""

    code = "idempotency_in_progress"

    def __init__(self) -> None:
        super().__init__("A request with this Idempotency-Key is under way. Repeat it in a second to get its answer.")


class Overloaded(Refusal):
    """More requests than this worker takes at once, or the database does not answer."""

    code = "unavailable"
    retry_after: ClassVar[int] = 1


class RateLimited(Refusal):
    """Too many requests for this credential."""

    code = "rate_limited"

    def __init__(self, detail: str, retry_after: int) -> None:
        super().__init__(detail)
        self.retry_after = retry_after


class TooManyStreams(Refusal):
    """The credential follows the feed as often as it may at once."""

    code = "too_many_streams"
    retry_after: ClassVar[int] = 5

    def __init__(self, limit: int) -> None:
        super().__init__(
            f"This key follows the feed {limit} times already. Close one of the streams, then connect again."
        )


class MalformedBody(Refusal):
    """The body is not JSON."""

    code = "malformed_body"


class InvalidBody(Refusal):
    """The body is JSON, but not of the shape the operation takes; `faults` name each place."""

    code = "invalid_body"


class TusVersion(Refusal):
    """`Tus-Resumable` is missing or names a version that is not spoken."""

    code = "tus_version_unsupported"


class ChecksumMismatch(Refusal):
    """The bytes of a request do not have the checksum that it announces."""

    code = "checksum_mismatch"


class TooSlow(Refusal):
    """The bytes of a request did not come in time."""

    code = "too_slow"


class RangeNotSatisfiable(Refusal):
    """The range lies outside of the content."""

    code = "range_not_satisfiable"


class NoSuchRoute(Refusal):
    """No operation has this path."""

    code = "no_such_route"


class MethodNotAllowed(Refusal):
    """The path exists, with other methods."""

    code = "method_not_allowed"


class InternalError(Refusal):
    """A fault of ours; the request id finds it in the log."""

    code = "internal_error"


ALL: tuple[type[Refusal], ...] = tuple(
    cls for cls in list(globals().values()) if isinstance(cls, type) and issubclass(cls, Refusal) and cls is not Refusal
)
"""Every refusal of the edge."""
