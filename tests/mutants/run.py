"""`make mutants`: breaks the program in one place after the other, and requires that the named tests notice.

Everything happens in a copy under `build/mutants`. First the named tests have to pass on the copy as it is; then each
patch has to apply, and every test that it names has to fail, by an assertion.
"""

import argparse
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import msgspec
from mutants.patches import ROOT, Mutant, apply, mutants
from mutants.verdicts import Verdict

from api.embedded_postgres import EmbeddedPostgres

PLACE = ROOT / "build" / "mutants"
TEST_SECONDS = 240
"""Longest time for the tests of one mutant: a broken program may hang."""
KILLED, SKIPPED, SURVIVED = "killed", "SKIPPED", "NOT KILLED"


class Ended(NamedTuple):
    """How a run of tests ended."""

    verdicts: dict[str, Verdict]
    """By test, how it ended in the call, or in its set-up where it did not get further."""
    output: str


def copy_tree(target: Path) -> None:
    """The project as it lies here, tracked or about to be, into `target`."""
    shutil.rmtree(target, ignore_errors=True)
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    for name in filter(None, listed.stdout.split("\0")):
        source, copy = ROOT / name, target / name
        if source.is_file():
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, copy)


def run_tests(tree: Path, tests: Sequence[str], database_url: str, label: str) -> Ended:
    """Run `tests` in `tree`, one process, on the server of `database_url`."""
    report, scratch = PLACE / f"{label}.jsonl", PLACE / f"{label}.tmp"
    report.unlink(missing_ok=True)
    environment = {
        **os.environ,
        "DATABASE_URL": database_url,
        "MUTANT_VERDICTS": str(report),
        # The copy goes before the project that is installed; bytecode of a mutant must not outlive it.
        "PYTHONPATH": f"{tree}:{tree / 'tests'}",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    command = [
        sys.executable, "-m", "pytest", "-q", "-p", "mutants.verdicts", "-p", "no:cacheprovider", "-n", "0",
        "--tb=short", f"--basetemp={scratch}", *tests,
    ]  # fmt: skip
    with (PLACE / f"{label}.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=tree, env=environment, stdout=log, stderr=log)
        try:
            process.wait(TEST_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    shutil.rmtree(scratch, ignore_errors=True)
    found: dict[str, Verdict] = {}
    for line in report.read_bytes().splitlines() if report.exists() else []:
        verdict = msgspec.json.decode(line, type=Verdict)
        if verdict.phase == "call" or verdict.outcome != "passed":
            found.setdefault(verdict.test, verdict)
    return Ended(found, (PLACE / f"{label}.log").read_text(errors="replace"))


def of_test(verdicts: dict[str, Verdict], test: str) -> list[Verdict]:
    """The verdicts of a test, each of its parameters one."""
    return [verdict for name, verdict in verdicts.items() if name == test or name.startswith(f"{test}[")]


def judge(mutant: Mutant, ended: Ended) -> tuple[str | None, str]:
    """(None, SKIPPED or what is wrong; the words of the failed assertion)."""
    words = ""
    for test in mutant.killers:
        found = of_test(ended.verdicts, test)
        if not found:
            return f"{test} did not run", words
        if all(verdict.outcome == "skipped" for verdict in found):
            return SKIPPED, found[0].says
        failed = [verdict for verdict in found if verdict.outcome == "failed"]
        if not failed:
            return f"{test} passed", words
        if not any(verdict.asserted for verdict in failed):
            return f"{test} failed by {failed[0].error}, not by an assertion: {failed[0].says}", words
        words = words or next(verdict.says for verdict in failed if verdict.asserted)
    return None, words


def main() -> int:
    """0 when every mutant was killed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="only these mutants")
    arguments = parser.parse_args()
    chosen = [mutant for mutant in mutants() if not arguments.names or mutant.name in arguments.names]
    if not chosen:
        parser.error("no such mutant")
    PLACE.mkdir(parents=True, exist_ok=True)
    tree, began = PLACE / "tree", time.monotonic()
    copy_tree(tree)
    with _database() as database_url:
        tests = list(dict.fromkeys(test for mutant in chosen for test in mutant.killers))
        whole = run_tests(tree, tests, database_url, "unbroken")
        bad = [test for test in tests if {v.outcome for v in of_test(whole.verdicts, test)} - {"passed", "skipped"}]
        bad += [test for test in tests if not of_test(whole.verdicts, test)]
        if bad:
            print(whole.output[-4000:])
            print(f"the program as it is does not pass {', '.join(bad)}: nothing was broken")
            return 1
        print(f"unbroken: {len(tests)} tests pass ({time.monotonic() - began:.0f} s)", flush=True)
        ends = {mutant.name: _kill(mutant, tree, database_url) for mutant in chosen}
    shutil.rmtree(tree)
    left = {end: [name for name, other in ends.items() if other == end] for end in (SKIPPED, SURVIVED)}
    killed = len(ends) - sum(map(len, left.values()))
    print(f"{killed} of {len(ends)} mutants killed in {time.monotonic() - began:.0f} s")
    for end, names in left.items():
        if names:
            print(f"{end}: {', '.join(names)}; logs are in {PLACE}")
    return 1 if left[SURVIVED] else 0


@contextmanager
def _database() -> Iterator[str]:
    """A superuser's DSN: of the server that DATABASE_URL names, else of an embedded one."""
    url = os.environ.get("DATABASE_URL")
    if url:
        yield url
        return
    with EmbeddedPostgres.start(PLACE / "server") as server:
        yield server.dsn(user="postgres", database="postgres")


def _kill(mutant: Mutant, tree: Path, database_url: str) -> str:
    """Break `tree`, see what the tests say, mend it; prints and returns how it ended."""
    started = time.monotonic()
    wrong = apply(mutant, tree)
    words = ""
    if wrong is not None:
        wrong = f"no longer applies: {wrong}"
    else:
        try:
            wrong, words = judge(mutant, run_tests(tree, mutant.killers, database_url, mutant.name))
        finally:
            for name in mutant.files:
                (tree / name).unlink(missing_ok=True)
                if (ROOT / name).exists():
                    shutil.copy2(ROOT / name, tree / name)
    end = KILLED if wrong is None else SKIPPED if wrong == SKIPPED else SURVIVED
    print(f"{end:10} {mutant.name:32} {time.monotonic() - started:5.0f} s  {mutant.breaks}")
    print(f"{'':10} {'without':32} {mutant.without}")
    for test in mutant.killers:
        print(f"{'':10} {'by':32} {test}")
    said = wrong if end == SURVIVED else words
    if said:
        print(f"{'':10} {'':32} {said}", flush=True)
    return end


if __name__ == "__main__":
    sys.exit(main())
