"""A real server in a process of its own, on an embedded database, with one verified buyer: for what ASGI alone cannot show."""

import os
import re
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import httpx

ROOT = Path(__file__).parents[1]
START_SECONDS = 30


class ServerProcess(NamedTuple):
    """Where it answers, its process id and home, a verified buyer's key, and the operator's."""

    url: str
    pid: int
    home: Path
    secret: str
    operator: str

    def client(self) -> httpx.Client:
        """A client with the buyer's key."""
        headers = {"authorization": f"Bearer {self.secret}"}
        return httpx.Client(base_url=self.url, headers=headers, timeout=120, trust_env=False)


@contextmanager
def served(home: Path, *, workers: int = 1, **settings: str) -> Iterator[ServerProcess]:
    """`jembatan serve` under `home`, stopped at the end."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"JEMBATAN_HOME": str(home), **settings}
    command = [sys.executable, "-m", "api"]
    initialised = subprocess.run(
        [*command, "init"], cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    )
    operator = initialised.stdout.split()[0]
    with (home / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [*command, "serve", "--port", "0", "--api-only", "--workers", str(workers)],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=log,
        )
        try:
            url = answering(process, home / "server.log")
            with httpx.Client(base_url=url, trust_env=False) as client:
                yield ServerProcess(url, process.pid, home, verified(client, operator, "PT Besar", "buyer"), operator)
        finally:
            process.terminate()
            process.wait(40)


def answering(process: "subprocess.Popen[bytes]", log: Path, seconds: float = START_SECONDS) -> str:
    """The address that a starting `serve` said in `log`, once it is ready."""
    ends = time.monotonic() + seconds
    while True:
        said = log.read_text(errors="replace")
        assert process.poll() is None, said
        assert time.monotonic() < ends, said
        found = re.search(r"http://[\d.]+:\d+", said)
        try:
            if found and httpx.get(f"{found[0]}/health/ready", trust_env=False).status_code == httpx.codes.OK:
                return found[0]
        except httpx.TransportError:
            pass
        time.sleep(0.05)


def verified(client: httpx.Client, operator: str, name: str, *roles: str) -> str:
    """The key of an organisation that has registered and been verified."""
    made = client.post(
        "/v1/registrations",
        json={"name": name, "roles": list(roles)},
        headers={"idempotency-key": str(uuid.uuid4())},
    ).json()
    client.post(
        f"/v1/organisations/{made['organisation']['id']}/verify",
        headers={"authorization": f"Bearer {operator}", "idempotency-key": str(uuid.uuid4())},
    ).raise_for_status()
    return str(made["secret"])
