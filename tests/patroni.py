"""A PostgreSQL cluster under Patroni and etcd on this machine's loopback, as docs/deploy/patroni.yml describes a node.

Everything that is started here is ended here, by its process id.
"""

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from string import Template
from typing import Any

import httpx
import psutil

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "docs" / "deploy" / "patroni.yml"
PASSWORD = "loopback"
MISSING = [name for name in ("patroni", "patronictl", "etcd") if shutil.which(name) is None]


def binaries() -> Path | None:
    """The folder of the newest PostgreSQL that Debian's packages put here."""
    found = [path for path in Path("/usr/lib/postgresql").glob("*/bin") if (path / "initdb").exists()]
    return max(found, key=lambda path: int(path.parent.name), default=None)


def until(condition: Callable[[], Any], seconds: float, what: str) -> Any:
    """The first true value of `condition`. AssertionError after `seconds`."""
    ends = time.monotonic() + seconds
    while not (value := condition()):
        assert time.monotonic() < ends, f"not within {seconds:.0f} s: {what}"
        time.sleep(0.1)
    return value


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens on now."""
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [int(one.getsockname()[1]) for one in sockets]


class Node:
    """One Patroni with its PostgreSQL."""

    def __init__(self, folder: Path, name: str, etcd: int) -> None:
        self.name, self.folder = name, folder / name
        self.folder.mkdir()
        self.port, self.rest = free_ports(2)
        self.data, self.log = self.folder / "data", self.folder / "patroni.log"
        self.config = self.folder / "patroni.yml"
        bin_folder = binaries()
        assert bin_folder is not None
        words = {"NAME": name, "HOST": "127.0.0.1", "PORT": self.port, "REST_PORT": self.rest, "DATA": self.data}
        words |= {"ETCD": f"127.0.0.1:{etcd}", "BIN": bin_folder, "SOCKETS": self.folder, "NETWORK": "127.0.0.1/32"}
        words |= dict.fromkeys(("SUPERUSER_PASSWORD", "REPLICATION_PASSWORD", "REWIND_PASSWORD"), PASSWORD)
        self.config.write_text(Template(SAMPLE.read_text()).substitute(words))
        self._account: dict[str, Any] = {}
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            account = pwd.getpwnam("postgres")
            self._account = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
            for path in (self.folder, self.config):
                os.chown(path, account.pw_uid, account.pw_gid)
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start Patroni, which starts PostgreSQL."""
        with self.log.open("ab") as log:
            environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": str(self.folder)}
            self.process = subprocess.Popen(
                ["patroni", str(self.config)], cwd=self.folder, env=environment, stdout=log, stderr=log, **self._account
            )

    def state(self) -> dict[str, Any]:
        """What Patroni says of itself; nothing when it does not answer."""
        try:
            said: dict[str, Any] = httpx.get(f"http://127.0.0.1:{self.rest}/patroni", timeout=2, trust_env=False).json()
        except (httpx.HTTPError, ValueError):
            return {}
        return said

    def postgres(self) -> list[psutil.Process]:
        """The server and its children."""
        try:
            postmaster = psutil.Process(int((self.data / "postmaster.pid").read_text().split()[0]))
            if "postgres" not in postmaster.name():
                return []
            return [postmaster, *postmaster.children(recursive=True)]
        except (OSError, ValueError, IndexError, psutil.Error):
            return []

    def kill(self) -> None:
        """End Patroni and PostgreSQL as a power cut would, this node's and nobody else's."""
        doomed = self.postgres()
        if self.process is not None:
            with contextlib.suppress(psutil.Error):
                doomed = [*psutil.Process(self.process.pid).children(recursive=True), *doomed]
            self.process.kill()
            self.process.wait(10)
            self.process = None
        for process in doomed:
            with contextlib.suppress(psutil.Error):
                process.kill()
        psutil.wait_procs(doomed, 10)


class Cluster:
    """etcd and three nodes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        client, peer = free_ports(2)
        self.etcd = client
        own = folder / "etcd"
        own.mkdir()
        self.nodes = [Node(folder, name, client) for name in ("one", "two", "three")]
        at_client, at_peer = f"http://127.0.0.1:{client}", f"http://127.0.0.1:{peer}"
        words = {"name": "one", "data-dir": str(own), "initial-cluster": f"one={at_peer}"}
        words |= {"listen-client-urls": at_client, "advertise-client-urls": at_client}
        words |= {"listen-peer-urls": at_peer, "initial-advertise-peer-urls": at_peer}
        with (folder / "etcd.log").open("wb") as log:
            self._etcd = subprocess.Popen(
                [
                    "etcd",
                    *(word for name, value in words.items() for word in (f"--{name}", value)),
                    "--unsafe-no-fsync",
                ],
                stdout=log,
                stderr=log,
            )

    def start(self) -> None:
        """All three, the first of which makes the database; until two standbys stream, one of them synchronously."""
        until(self._answers, 20, "etcd answers")
        self.nodes[0].start()
        until(self.leader, 60, "the first node leads")
        for node in self.nodes[1:]:
            node.start()
        self.whole(60)

    def _answers(self) -> bool:
        try:
            return httpx.get(f"http://127.0.0.1:{self.etcd}/health", timeout=1, trust_env=False).is_success
        except httpx.HTTPError:
            return False

    def leader(self) -> Node | None:
        """The node that takes writes."""
        for node in self.nodes:
            said = node.state()
            if said.get("role") in {"master", "primary"} and said.get("state") == "running":
                return node
        return None

    def whole(self, seconds: float) -> None:
        """Wait until both standbys follow the leader and one of them is synchronous."""

        def is_whole() -> bool:
            leader = self.leader()
            following = (leader.state() if leader else {}).get("replication", ())
            streaming = [one for one in following if one["state"] == "streaming"]
            return len(streaming) == len(self.nodes) - 1 and self._synchronous() is not None

        until(is_whole, seconds, "two standbys stream, one of them synchronously")

    def _synchronous(self) -> str | None:
        """The standby that the cluster has agreed on as synchronous: nobody else may take over."""
        leader = self.leader()
        if leader is None:
            return None
        members = httpx.get(f"http://127.0.0.1:{leader.rest}/cluster", timeout=2, trust_env=False).json()["members"]
        return next((one["name"] for one in members if one["role"] == "sync_standby"), None)

    def dsn(self, user: str, database: str, password: str = PASSWORD) -> str:
        """All three hosts."""
        hosts = ",".join(f"127.0.0.1:{node.port}" for node in self.nodes)
        return f"postgresql://{user}:{password}@{hosts}/{database}?target_session_attrs=read-write"

    def switch_over(self) -> Node:
        """Make another node the leader, in peace. The new leader."""
        leader = self.leader()
        candidate = self._synchronous()
        assert leader is not None
        assert candidate is not None
        subprocess.run(
            f"patronictl -c {leader.config} switchover --force --leader {leader.name} --candidate {candidate}".split(),
            check=True,
            capture_output=True,
            timeout=60,
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": str(self.folder)},
        )

        def follower() -> Node | None:
            now = self.leader()
            return now if now is not leader else None

        found: Node = until(follower, 30, "another node leads")
        return found

    def stop(self) -> None:
        """End everything."""
        for node in self.nodes:
            node.kill()
        self._etcd.kill()
        self._etcd.wait(10)


@contextmanager
def cluster() -> Iterator[Cluster]:
    """A cluster that is whole; its logs stay when the block fails."""
    folder = Path(tempfile.mkdtemp(prefix="jembatan-patroni-"))
    folder.chmod(0o755)
    made = Cluster(folder)
    try:
        made.start()
        yield made
    except BaseException:
        made.stop()
        sys.stderr.write(f"logs of the cluster: {folder}\n")
        raise
    made.stop()
    shutil.rmtree(folder)
