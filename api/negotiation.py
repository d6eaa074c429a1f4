"""Which of several media types an `Accept` prefers (RFC 9110, 12.5.1)."""

from collections.abc import Sequence


def preferred(accept: str | None, offers: Sequence[str]) -> str:
    """The offer with the highest weight, the earlier one among equals; the first where `accept` names none.

    The gate has refused requests that admit nothing; one that admits problem documents alone gets the first offer.
    """
    ranges = [_range(part) for part in (accept or "*/*").split(",")]

    def weight(offer: str) -> float:
        kind = offer.partition("/")[0]
        # The most specific range that fits says the weight: text/csv;q=0 refuses it although */* stands beside.
        for name in (offer, f"{kind}/*", "*/*"):
            found = [quality for given, quality in ranges if given == name]
            if found:
                return max(found)
        return 0.0

    return max(offers, key=lambda offer: (weight(offer), -offers.index(offer)))


def accepts_gzip(accept_encoding: str | None) -> bool:
    """Whether `Accept-Encoding` admits gzip."""
    return any(
        name in {"gzip", "*"} and quality > 0 for name, quality in map(_range, (accept_encoding or "").split(","))
    )


def _range(part: str) -> tuple[str, float]:
    name, *parameters = (item.strip().lower() for item in part.split(";"))
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip() == "q":
            try:
                return name, float(value)
            except ValueError:
                return name, 0.0
    return name, 1.0
