"""pgbouncer in transaction mode between the tests and their database: `make pgbouncer`, with the settings of docs/pgbouncer.md."""

import os
import pwd
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

BINARY = os.environ.get("JEMBATAN_TEST_PGBOUNCER", "")
"""Path of pgbouncer; empty: the tests connect straight to their database."""

CACHE = 0 if BINARY else 256
"""What every pool of the tests is opened with."""

START_SECONDS = 20
SESSIONS = 8
"""Fewer than the connections of the tests' pools: sessions have to be shared."""

DOCUMENTED = Path(__file__).parent.parent / "docs" / "pgbouncer.md"


def documented_settings() -> str:
    """The block of the page that everybody is told to copy."""
    text = DOCUMENTED.read_text()
    return text.split("```ini\n", 1)[1].split("```", 1)[0]


def settings(server: str, login: str, password: str, folder: Path, port: int) -> str:
    """The documented settings with places, names and the small pool of this test put in."""
    parts = urlsplit(server)
    asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
    host, server_port = asked.get("host") or parts.hostname or "", asked.get("port") or str(parts.port or 5432)
    (folder / "users.txt").write_text(f'"{login}" "{password}"\n')
    replaced = {
        "jembatan =": f"* = host={host} port={server_port}",
        "listen_port =": f"listen_port = {port}",
        "auth_type =": "auth_type = plain",  # the test's own server may ask for no password
        "auth_file =": f"auth_file = {folder / 'users.txt'}",
        "default_pool_size =": f"default_pool_size = {SESSIONS}",
    }
    lines = documented_settings().splitlines()
    made = []
    for line in lines:
        found = next((start for start in replaced if line.startswith(start)), None)
        made.append(line if found is None else replaced.pop(found))
    assert not replaced, f"docs/pgbouncer.md does not set {sorted(replaced)}"
    return "\n".join([*made, "unix_socket_dir =", f"logfile = {folder / 'pgbouncer.log'}", ""])


@contextmanager
def pooled(server: str, login: str, password: str, folder: Path) -> Iterator[str]:
    """`server` as it is reached through a pgbouncer of our own on loopback: host and port as a DSN without a database."""
    folder.mkdir()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    configuration = folder / "pgbouncer.ini"
    configuration.write_text(settings(server, login, password, folder, port))
    # It refuses root. In a namespace of its own it is somebody else inside, and may read what we may.
    prefix = []
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody").pw_uid
        prefix = ["unshare", "--user", f"--map-user={nobody}", f"--map-group={nobody}", "--"]
    process = subprocess.Popen([*prefix, BINARY, "-q", str(configuration)])
    try:
        _await_port(process, port, folder)
        yield f"postgresql://{unquote(login)}:{password}@127.0.0.1:{port}/"
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(10)


def _await_port(process: "subprocess.Popen[bytes]", port: int, folder: Path) -> None:
    for _ in range(START_SECONDS * 10):
        if process.poll() is not None:
            break
        try:
            socket.create_connection(("127.0.0.1", port), 0.1).close()
        except OSError:
            try:
                process.wait(0.1)
            except subprocess.TimeoutExpired:
                continue
        else:
            return
    log = folder / "pgbouncer.log"
    raise RuntimeError(f"pgbouncer did not start: {log.read_text()[-500:] if log.exists() else 'no log'}")
