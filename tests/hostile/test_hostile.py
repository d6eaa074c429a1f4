"""Hostile requests against a real server of two processes: each is refused in order, and neither process is lost."""

from collections.abc import Iterator

import psutil
import pytest
from hostile import bodies, files, heads, names, targets
from hostile.case import Case, Target
from server_process import ServerProcess, served

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("hostile")]

WORKERS, ENOUGH = 2, 200
CASES: list[Case] = [*bodies.cases(), *heads.cases(), *names.cases(), *files.cases(), *targets.cases()]


def workers(server: ServerProcess) -> set[int]:
    """Ids of the processes that answer."""
    return {child.pid for child in psutil.Process(server.pid).children() if "serve" in child.cmdline()}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    """Without limits on how often one asks: they have tests of their own."""
    unlimited = {"JEMBATAN_RATE_PER_MINUTE": "0", "JEMBATAN_EXPENSIVE_PER_MINUTE": "0"}
    with served(tmp_path_factory.mktemp("hostile"), workers=WORKERS, **unlimited) as running:
        yield running


@pytest.fixture(scope="module")
def target(server: ServerProcess) -> Target:
    """What the cases name."""
    return Target(server.url, {"buyer": server.secret, **staged(server)})


def staged(server: ServerProcess) -> dict[str, str]:
    """A draft and a file of the buyer's."""
    with server.client() as client:
        keyed = {"idempotency-key": "stage"}
        body = {"title": "Shafts", "visibility": "open", "lines": []}
        rfq = client.post("/v1/rfqs", json=body, headers=keyed).json()
        sent = {**keyed, "content-type": "application/octet-stream"}
        file = client.post("/v1/files?name=a.pdf", content=b"%PDF-1.7\nx\n", headers=sent).json()
    return {"rfq": rfq["id"], "file": file["id"]}


@pytest.fixture(scope="module")
def at_first(server: ServerProcess) -> set[int]:
    """The processes before the first case."""
    return workers(server)


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name[:80]) for case in CASES])
def test_it_is_refused(case: Case, target: Target, server: ServerProcess, at_first: set[int]) -> None:
    found = target.send(case)
    assert found.status in case.expect, (found.status, found.body[:600])
    if found.status >= 400 and case.http:
        problem = found.problem
        assert problem is not None, found
        assert problem["status"] == found.status
    assert workers(server) == at_first, "a process was lost"


def test_there_are_enough_cases_and_each_has_a_name() -> None:
    assert len(CASES) >= ENOUGH
    assert len({case.name for case in CASES}) == len(CASES)


def test_nothing_was_unforeseen_and_the_server_goes_on(server: ServerProcess, at_first: set[int]) -> None:
    assert len(at_first) == WORKERS
    log = (server.home / "server.log").read_text(errors="replace")
    assert [line for line in log.splitlines() if '"unforeseen"' in line or "Traceback" in line] == []
    with server.client() as client:
        assert client.get("/v1/me").status_code == 200
