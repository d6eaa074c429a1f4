"""Where opening keys come from: files, the environment, a command; what is said when they do not come, and what is never said."""

import os
import shlex
import sys
import time
from pathlib import Path
from typing import Any

import msgspec
import pytest
from joserfc.jwk import OKPKey

from api import opening_keys
from api.runtime import keys_for, load_keys
from api.settings import Settings, SettingsError
from domain.sealing import OPENING_PRIVATE, OPENING_PUBLIC, KeysMissing, Sealer

PAIRS = [OKPKey.generate_key("X25519") for _ in range(2)]
NEW, OLD = ({name: str(value) for name, value in pair.as_dict(private=True).items()} for pair in PAIRS)
KIDS = [pair.thumbprint() for pair in PAIRS]
ONE, SET = msgspec.json.encode(NEW).decode(), msgspec.json.encode({"keys": [NEW, OLD]}).decode()


def settings(home: Path, **variables: str) -> Settings:
    return Settings.read({"JEMBATAN_HOME": str(home), **variables})


def printing(text: str, *, then: str = "") -> str:
    """A command that prints `text`."""
    return shlex.join(
        [sys.executable, "-c", f"import sys, time, os; sys.stdout.write({text!r}); sys.stdout.flush(); {then}"]
    )


@pytest.mark.parametrize(("text", "held"), [(ONE, KIDS[:1]), (SET, KIDS)], ids=["one", "several"])
@pytest.mark.parametrize("source", ["JEMBATAN_OPENING_KEY", "JEMBATAN_OPENING_KEY_COMMAND"])
def test_keys_from_elsewhere_need_no_private_file(tmp_path: Path, source: str, text: str, held: list[str]) -> None:
    chosen = settings(tmp_path, **{source: printing(text + "\n") if source.endswith("COMMAND") else text})
    keys_for(chosen, embedded=True)
    assert not (tmp_path / "keys" / OPENING_PRIVATE).exists()
    assert "d" not in msgspec.json.decode((tmp_path / "keys" / OPENING_PUBLIC).read_bytes())
    sealer = load_keys(chosen)
    assert sealer.newest == KIDS[0]
    assert sealer.held == set(held)
    public, sealed = sealer.new_rfq_key()
    assert sealer.unlock(sealed).as_dict(private=False)["x"] == msgspec.json.decode(public)["x"]
    (tmp_path / "keys" / OPENING_PUBLIC).unlink()
    assert load_keys(chosen).newest == KIDS[0], "its public half is known without the file"


def test_a_process_that_does_not_open_asks_nobody(tmp_path: Path) -> None:
    Sealer.create(tmp_path / "keys")
    (tmp_path / "keys" / OPENING_PRIVATE).unlink()
    ran = tmp_path / "ran"
    command = shlex.join([sys.executable, "-c", f"open({str(ran)!r}, 'w')"])
    assert load_keys(settings(tmp_path, JEMBATAN_OPENS="0", JEMBATAN_OPENING_KEY_COMMAND=command)).held == frozenset()
    assert not ran.exists()


WRONG = [
    ("no key at all", "is not JSON"),
    ('{"keys": []}', "a set without keys"),
    ('{"kty": "OKP", "crv": "X25519", "x": "AAAA", "d": "secretsecret"}', "key 1 of SOURCE is no private X25519 key"),
    (msgspec.json.encode(PAIRS[0].as_dict(private=False)).decode(), "key 1 of SOURCE is no private X25519 key"),
    (
        msgspec.json.encode(OKPKey.generate_key("Ed25519").as_dict(private=True)).decode(),
        "key 1 of SOURCE is no private X25519 key",
    ),
    (msgspec.json.encode({"keys": [NEW, "x"]}).decode(), "key 2 of SOURCE is no private X25519 key"),
    ("[1, 2]", "key 1 of SOURCE is no private X25519 key"),
]


def told(raised: pytest.ExceptionInfo[KeysMissing]) -> str:
    """All that a traceback would show of the error's texts, those before it too."""
    texts, error = [], raised.value
    while error is not None:
        texts.append(f"{error} {error.args}")
        error = None if error.__suppress_context__ else error.__context__  # type: ignore[assignment]
    return "\n".join(texts)


@pytest.mark.parametrize(("text", "said"), WRONG, ids=[str(place) for place in range(len(WRONG))])
def test_what_is_no_key_is_said_without_quoting_it(tmp_path: Path, text: str, said: str) -> None:
    name = "JEMBATAN_OPENING_KEY"
    for source, value in ((name, text), (f"{name}_COMMAND", printing(text))):
        with pytest.raises(KeysMissing) as raised:
            opening_keys.given(settings(tmp_path, **{source: value}))
        assert said.replace("SOURCE", source) in told(raised)
        for secret in ("secretsecret", NEW["d"], "no key at all"):
            assert secret not in told(raised)


def test_a_newest_key_that_is_not_held_is_named(tmp_path: Path) -> None:
    keys_for(settings(tmp_path, JEMBATAN_OPENING_KEY=ONE), embedded=True)
    other = msgspec.json.encode(OLD).decode()
    with pytest.raises(KeysMissing, match=f"{KIDS[0]}.*rotate-opening"):
        load_keys(settings(tmp_path, JEMBATAN_OPENING_KEY=other))


def test_a_command_that_fails_is_said_without_its_output(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    shown = f"print({NEW['d']!r}); sys.stderr.write({NEW['d']!r}); sys.exit(3)"
    with pytest.raises(KeysMissing, match="ended with exit code 3") as raised:
        opening_keys.given(settings(tmp_path, JEMBATAN_OPENING_KEY_COMMAND=printing(ONE, then=shown)))
    captured = capfd.readouterr()
    assert NEW["d"] not in told(raised) + captured.out + captured.err
    for command, said in (("/nowhere/program", "No such file"), (str(tmp_path), "Permission denied")):
        with pytest.raises(KeysMissing, match=said):
            opening_keys.given(settings(tmp_path, JEMBATAN_OPENING_KEY_COMMAND=command))


def test_a_command_prints_no_more_than_keys(tmp_path: Path) -> None:
    endless = printing("", then="[sys.stdout.write('x' * 4096) for _ in iter(int, 1)]")
    with pytest.raises(KeysMissing, match="prints more than 65536 bytes"):
        opening_keys.given(settings(tmp_path, JEMBATAN_OPENING_KEY_COMMAND=endless))


@pytest.mark.parametrize("holds", ["it does not end", "it ends its output", "its child holds the output"])
def test_a_command_that_does_not_end_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, holds: str) -> None:
    monkeypatch.setattr(opening_keys, "COMMAND_SECONDS", 1.0)
    pid = tmp_path / "pid"
    # A shell that is asked for starts fast enough on a busy machine.
    script = {
        "it does not end": f"echo $$ > {pid}; exec sleep 60",
        "it ends its output": f"echo $$ > {pid}; exec sleep 60 >&-",
        "its child holds the output": f"sleep 60 & echo $! > {pid}",
    }[holds]
    started = time.monotonic()
    with pytest.raises(KeysMissing, match="did not end within 1 s"):
        opening_keys.given(settings(tmp_path, JEMBATAN_OPENING_KEY_COMMAND=shlex.join(["sh", "-c", script])))
    assert time.monotonic() - started < 30
    gone = time.monotonic() + 10
    while _runs(int(pid.read_text())):
        assert time.monotonic() < gone, "what the command started runs still"
        time.sleep(0.02)


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_no_shell_reads_the_command(tmp_path: Path) -> None:
    inert = (
        shlex.join([sys.executable, "-c", "import sys; sys.exit(len(sys.argv) - 1)"])
        + f" ; touch {tmp_path / 'x'} $HOME"
    )
    with pytest.raises(KeysMissing, match="exit code 4"):
        opening_keys.given(settings(tmp_path, JEMBATAN_OPENING_KEY_COMMAND=inert))
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"JEMBATAN_OPENING_KEY": ONE, "JEMBATAN_OPENING_KEY_COMMAND": "age"}, "both set"),
        ({"JEMBATAN_OPENING_KEY_COMMAND": "age 'secretsecret"}, "cannot be split into words"),
        ({"JEMBATAN_OPENS": "maybe"}, "JEMBATAN_OPENS"),
    ],
)
def test_settings_that_make_no_sense(variables: dict[str, str], said: str) -> None:
    with pytest.raises(SettingsError, match=said) as raised:
        Settings.read(variables)
    assert "secretsecret" not in str(raised.value)
    assert NEW["d"] not in str(raised.value)


def test_settings_do_not_show_the_key(tmp_path: Path) -> None:
    chosen: Any = settings(tmp_path, JEMBATAN_OPENING_KEY=ONE)
    assert NEW["d"] not in repr(chosen)
    assert NEW["d"] in chosen.opening_key
    assert os.environ.get("JEMBATAN_OPENING_KEY") is None
