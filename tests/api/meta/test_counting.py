"""Requests that were added up are shown as the library would have counted them one by one."""

from prometheus_client import CollectorRegistry, Histogram, generate_latest

from api.metrics import BUCKETS, MOST_HELD, Metrics

SECONDS = [0.0, 0.001, 0.002, 0.0021, 0.3, 2.5, 9.99, 10, 11]


def lines(text: str, name: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith(name) and "_created" not in line]


def test_times_fall_into_the_same_buckets() -> None:
    other = CollectorRegistry()
    one_by_one = Histogram(
        "jembatan_request_seconds", "Time to answer.", ["operation"], buckets=BUCKETS, registry=other
    )
    metrics = Metrics(CollectorRegistry())
    for seconds in SECONDS:
        one_by_one.labels("get_me").observe(seconds)
        metrics.answered("get_me", "GET", 200, seconds)
    shown = lines(metrics.text().decode(), "jembatan_request_seconds")
    assert shown == lines(generate_latest(other).decode(), "jembatan_request_seconds")
    assert lines(metrics.text().decode(), "jembatan_request_seconds") == shown, "nothing is counted twice"


def test_requests_are_told_apart_and_held_in_bounds() -> None:
    metrics = Metrics(CollectorRegistry())
    for _ in range(MOST_HELD + 1):
        metrics.answered("get_me", "GET", 200, 0.1)
    assert metrics.requests.labels("get_me", "GET", "200")._value.get() == MOST_HELD, "it did not wait to be asked"
    metrics.answered("get_me", "GET", 404, 0.1)
    metrics.under_way(3)
    text = metrics.text().decode()
    assert f'jembatan_requests_total{{method="GET",operation="get_me",status="200"}} {MOST_HELD + 1}.0' in text
    assert 'jembatan_requests_total{method="GET",operation="get_me",status="404"} 1.0' in text
    assert "jembatan_requests_in_flight 3.0" in text
