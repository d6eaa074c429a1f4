"""Makes the SDKs: `python build.py [language …]`, all of them without an argument. Twice gives the same bytes.

`python build.py --twice` proves that. `python build.py --check` makes the Python SDK anew beside the committed one and fails where they differ.

Python is written where it is committed (`openapi/sdk/python/`), the others into `build/sdks/`. A language whose
generator cannot run here is named and left out.
"""

import filecmp
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import freshness

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
BUILD = ROOT / "build"
CANONICAL = HERE.parent / "openapi.json"
INPUTS = BUILD / "sdk-inputs"
OUT = BUILD / "sdks"
NODE = BUILD / "sdk-node"
BIN = Path(sys.executable).parent
# Neither a home with settings nor a network has a say in what comes out.
QUIET = {**os.environ, "NO_COLOR": "1", "TERM": "dumb", "COLUMNS": "120"}


def run(*command: str | Path, cwd: Path = ROOT) -> None:
    """Run a tool; what it says is shown only when it fails."""
    done = subprocess.run([str(each) for each in command], cwd=cwd, env=QUIET, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, command))}\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}")


def python(package: Path = freshness.PACKAGE) -> None:
    """Models by openapi-python-client, groups and the awaited engine by our own writers, one formatter over all."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "made"
        run(
            *(BIN / "openapi-python-client", "generate", "--path", INPUTS / "python.json", "--meta", "none"),
            *("--config", HERE / "python.yml", "--output-path", made, "--overwrite"),
        )
        for name in ("models", "groups"):
            shutil.rmtree(package / name, ignore_errors=True)
        shutil.copytree(made / "models", package / "models")
        shutil.copy(made / "types.py", package / "types.py")
    run(BIN / "python", HERE / "facade.py", INPUTS / "python.json", package)
    run(BIN / "python", HERE / "awaited.py", package)
    generated = [package / "models", package / "groups", package / "types.py", package / "_async_engine.py"]
    run(BIN / "ruff", "check", "--isolated", "--quiet", "--fix", "--select", "F401,I", "--line-length", "120", *generated)
    run(BIN / "ruff", "format", "--isolated", "--quiet", "--line-length", "120", *generated)
    if package == freshness.PACKAGE:
        freshness.MADE.write_text(json.dumps(freshness.digests(CANONICAL), indent=1) + "\n")


def check() -> None:
    """Fail where the committed Python SDK is not what is made now."""
    with tempfile.TemporaryDirectory() as folder:
        anew = Path(folder) / "jembatan_client"
        shutil.copytree(freshness.PACKAGE, anew, ignore=shutil.ignore_patterns("__pycache__"))
        python(anew)
        differing = sorted(_differing(filecmp.dircmp(freshness.PACKAGE, anew, ignore=["__pycache__"])))
    if differing:
        raise SystemExit(f"the committed Python SDK is stale (run `make sdks`): {', '.join(differing[:20])}")


def _differing(compared: "filecmp.dircmp[str]") -> list[str]:
    found = [*compared.left_only, *compared.right_only, *compared.diff_files]
    return found + [name for below in compared.subdirs.values() for name in _differing(below)]


def fresh(language: str) -> Path:
    """An empty folder for a language, with what is written by hand for it."""
    folder = OUT / language
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(HERE / language, folder)
    return folder


def typescript() -> None:
    """Types and calls by hey-api, our hub around them, compiled."""
    folder = fresh("typescript")
    shutil.copy(HERE / "typescript.config.mjs", NODE)
    QUIET.update(SDK_INPUT=str(INPUTS / "typescript.json"), SDK_OUTPUT=str(folder / "src/generated"))
    run("node", "node_modules/@hey-api/openapi-ts/bin/run.js", "-f", "typescript.config.mjs", cwd=NODE)
    run("node", NODE / "node_modules/typescript/bin/tsc", "-p", folder, "--typeRoots", NODE / "node_modules/@types")


def generator() -> Path:
    """The jar of openapi-generator."""
    return next(BUILD.glob("sdk-env/lib/python*/site-packages/openapi_generator_cli/openapi-generator.jar"))


def generated(language: str) -> Path:
    """What openapi-generator makes of a language's input, with what is written by hand beside it."""
    folder = fresh(language)
    with tempfile.TemporaryDirectory() as made:
        run(
            *("java", "-jar", generator(), "generate", "-i", INPUTS / f"{language}.json", "-g", language, "-o", made),
            *("-c", HERE / f"{language}.yaml", "--skip-validate-spec"),
        )
        for name in (".openapi-generator", ".openapi-generator-ignore", "README.md", ".travis.yml", "git_push.sh", ".gitignore"):
            path = Path(made) / name
            shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
        Path(made).chmod(0o755)  # a temporary folder is its owner's alone, and its mode is copied too
        shutil.copytree(made, folder, dirs_exist_ok=True)
    return folder


def archived(archive: Path, folder: Path, ending: str) -> None:
    """A jar of the files in `folder` with this ending: sorted and without their times, so that its bytes are always the same."""
    manifest = b"Manifest-Version: 1.0\r\nAutomatic-Module-Name: id.jembatan.client\r\n\r\n"
    files = {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob(f"*{ending}"))}
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as jar:
        for name, content in {"META-INF/MANIFEST.MF": manifest, **files}.items():
            jar.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)


def java() -> None:
    """Models by openapi-generator, groups by our own writer, compiled without a warning against Jackson and the JDK."""
    folder = generated("java")
    sources = folder / "src/main/java"
    run(BIN / "python", HERE / "facade_java.py", INPUTS / "java.json", sources / "id/jembatan/client")
    with tempfile.TemporaryDirectory() as classes:
        flags = ("--release", "17", "-proc:none", "-Xlint:all,-path", "-Werror", "-encoding", "UTF-8")
        files = sorted(sources.rglob("*.java"))
        # The generator's own jar has Jackson inside; `-path`: what that jar's manifest names besides is not there.
        run("javac", *flags, "-cp", generator(), "-d", classes, *files)
        archived(folder / "jembatan-client-0.1.0.jar", Path(classes), ".class")
    archived(folder / "jembatan-client-0.1.0-sources.jar", sources, ".java")


def go() -> None:
    """Formatted and built, with the standard library alone."""
    folder = generated("go")
    (folder / "go.mod").write_text("module jembatan.example/jembatan/jembatan-go\n\ngo 1.24\n")
    (folder / "go.sum").unlink(missing_ok=True)
    QUIET.update(GOFLAGS="-mod=mod", GOPROXY="off", GOTOOLCHAIN="local", GOCACHE=str(BUILD / "go-cache"))
    gofmt = next(BUILD.glob("sdk-env/lib/python*/site-packages/go/bin/gofmt"), None)
    if gofmt:
        run(gofmt, "-w", folder)
    run(BIN / "go", "build", "./...", cwd=folder)


def php() -> None:
    """What the generator makes, as it is."""
    generated("php")


def csharp() -> None:
    """What the generator makes, without what it guesses of a repository; parsed, as there is no compiler."""
    folder = generated("csharp")
    (folder / "appveyor.yml").unlink()
    shutil.rmtree(folder / "api")
    project = folder / "src/Jembatan/Jembatan.csproj"
    kept = [line for line in project.read_text().splitlines(keepends=True) if "<Repository" not in line and "ReleaseNotes" not in line]
    project.write_text("".join(kept))
    run(BIN / "python", HERE / "parsed.py", folder)


LANGUAGES: dict[str, Callable[[], None]] = {"python": python, "typescript": typescript, "go": go, "java": java, "php": php, "csharp": csharp}
NEEDS = {"typescript": ("node",), "go": ("java",), "java": ("java", "javac"), "php": ("java",), "csharp": ("java",)}


def twice() -> None:
    """Make everything twice; fail where one byte differs."""
    found = []
    for _ in range(2):
        for make in LANGUAGES.values():
            make()
        files = [path for folder in (freshness.PACKAGE, OUT) for path in sorted(folder.rglob("*")) if path.is_file()]
        kept = [path for path in files if "__pycache__" not in path.parts]
        found.append({path: hashlib.sha256(path.read_bytes()).hexdigest() for path in kept})
    differing = sorted(str(path) for path in found[0].keys() | found[1].keys() if found[0].get(path) != found[1].get(path))
    if differing:
        raise SystemExit(f"made twice, and different: {', '.join(differing[:20])}")
    print(f"{len(found[0])} files, made twice, the same")


def main() -> None:
    """Make what was asked for."""
    run(BIN / "python", HERE / "derive.py", CANONICAL, INPUTS)
    if sys.argv[1:] == ["--twice"]:
        twice()
        return
    if sys.argv[1:] == ["--check"]:
        check()
        return
    # Two at a time: each spends most of its time in one program that uses one core.
    with ThreadPoolExecutor(2) as pool:
        for said in pool.map(_one, sys.argv[1:] or LANGUAGES):
            print(said, flush=True)


def _one(name: str) -> str:
    missing = [tool for tool in NEEDS.get(name, ()) if shutil.which(tool) is None]
    if missing:
        return f"{name}: left out, {', '.join(missing)} is not installed"
    began = time.monotonic()
    LANGUAGES[name]()
    return f"{name}: made in {time.monotonic() - began:.0f} s"


if __name__ == "__main__":
    main()
