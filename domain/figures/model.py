"""What an operator watches."""

import msgspec


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """At one instant. Ages in seconds; 0 where nothing waits."""

    clock_lag: float
    """How long the most overdue RFQ has been open after its deadline."""
    feed_lag: float
    """Age of the oldest event that the feed holds back for a transaction under way."""
    webhook_pending: int
    """Deliveries that wait; counted up to 10,000."""
    webhook_oldest: float
    """How long the oldest of those waits."""
    endpoints_behind: int
    """Active endpoints to which events are still to be handed; counted up to 1,000."""
    endpoints_failing: int
    """Active endpoints that did not take their last message."""
    endpoints_dead: int
    """Endpoints that were switched off because they failed."""
    uploads_checking: int
    """Uploads that came whole and are not judged yet."""
    standbys: int
    """Standbys that stream from this server."""
