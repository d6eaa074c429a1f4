"""The Java SDK: compiled without a warning, its story with the present server and with that of tomorrow, and its README.

`make sdks` makes what is tested; without it, or without a JDK, these tests are skipped.
"""

import os
import re
import shutil
import subprocess
import time
import zipfile
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
import standardwebhooks
from scripted_server import Reply, scripted
from sdk_scene import ROOT, SCENARIOS, STEPS, Stage, played
from tomorrow_server import tomorrow

PACKAGE = ROOT / "build/sdks/java"
JAR = PACKAGE / "jembatan-client-0.1.0.jar"
JACKSON = next(ROOT.glob("build/sdk-env/lib/python*/site-packages/openapi_generator_cli/openapi-generator.jar"), None)
MEMORY = "-Xmx96m"
"""The story's file is 200 MB: it goes through a heap of half its size."""
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not JAR.exists() or JACKSON is None or shutil.which("javac") is None,
        reason="the Java SDK is not made: `make sdks` needs a JDK",
    ),
]


def class_path(folder: Path) -> str:
    """A program's folder, the SDK and Jackson."""
    return os.pathsep.join([str(folder), str(JAR), str(JACKSON)])


def compiled(folder: Path, *sources: Path) -> Path:
    """The folder with the classes of these sources, compiled against the jar as another project has it."""
    flags = ["-Xlint:all,-path", "-Werror", "-proc:none", "--release", "17"]
    command = ["javac", *flags, "-cp", class_path(folder), "-d", str(folder), *map(str, sources)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The story, compiled."""
    return compiled(tmp_path_factory.mktemp("java"), SCENARIOS / "Scenario.java")


def test_present(stage: Stage, scenario: Path) -> None:
    assert played(stage, "java", MEMORY, "-cp", class_path(scenario), "Scenario") == STEPS


def test_future(stage: Stage, scenario: Path) -> None:
    with tomorrow(stage.url) as (url, _):
        told = stage._replace(url=url, future=True)
        assert played(told, "java", MEMORY, "-cp", class_path(scenario), "Scenario") == STEPS


def test_the_quick_start_runs_as_it_stands(stage: Stage, tmp_path: Path) -> None:
    block = re.findall(r"```java\n(.*?)```", (PACKAGE / "README.md").read_text(), flags=re.DOTALL)[0]
    (tmp_path / "QuickStart.java").write_text(block)
    compiled(tmp_path, tmp_path / "QuickStart.java")
    done = subprocess.run(
        ["java", "-cp", class_path(tmp_path), "QuickStart"],
        env=stage.environment() | {"JEMBATAN_KEY": stage.buyer},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    first, *rest = done.stdout.splitlines()
    assert first.startswith("rfq_")
    assert any(line.endswith(" /lines") for line in rest)


def test_the_packages_hold_classes_and_sources() -> None:
    with zipfile.ZipFile(JAR) as jar:
        inside = jar.namelist()
    assert inside[0] == "META-INF/MANIFEST.MF"
    assert "id/jembatan/client/Hub.class" in inside
    with zipfile.ZipFile(JAR.with_name("jembatan-client-0.1.0-sources.jar")) as jar:
        assert "id/jembatan/client/model/Rfq.java" in jar.namelist()
    pom = (PACKAGE / "pom.xml").read_text()
    assert re.findall(r"<artifactId>(.*?)</artifactId>", pom) == ["jembatan-client", "jackson-databind"]


WHOLE = bytes(range(256)) * 40
SECRET = "whsec_" + "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def tag(content: bytes) -> str:
    return f'"{sha256(content).hexdigest()}"'


def told(identifier: str, cursor: str) -> bytes:
    """An event of the stream: with a kind and a member that nobody knows."""
    return f'id: {cursor}\nevent: new.kind\ndata: {{"id": "{identifier}", "type": "new.kind", "new": [1]}}\n\n'.encode()


def plays() -> dict[str, list[Reply]]:
    """What the server answers in each play of Behaviour.java."""
    lost = Reply(cut=0)
    stream = {"content-type": "text/event-stream", "content-length": "9999"}
    return {
        "retries": [
            Reply(503, headers={"Retry-After": "1"}),
            lost,
            Reply(502),
            Reply(429),
            Reply(201, b'{"id": "rfq_1", "unknown": {"a": 1}}'),
        ],
        "change": [lost, Reply(204)],
        "patience": [Reply(503, headers={"Retry-After": "3600"})],
        "place": [Reply(204)],
        "dry": [],
        "tokens": [
            Reply(body=b'{"access_token": "one", "expires_in": 300}'),
            Reply(204),
            Reply(204),
            Reply(401, b"{}"),
            Reply(body=b'{"access_token": "two", "expires_in": 300}'),
            Reply(204),
        ],
        "broken": [
            Reply(200, WHOLE, {"ETag": tag(WHOLE)}, cut=5000),
            Reply(206, WHOLE[5000:], {"ETag": tag(WHOLE)}),
        ],
        "other": [Reply(206, b"ole", {"ETag": tag(b"whole")}), Reply(200, b"whole", {"ETag": tag(b"whole")})],
        "stream": [
            Reply(body=b": lives\n\nretry: 5\n\n" + told("evt_1", "c1") + told("evt_2", "c2"), headers=stream),
            Reply(body=b"data: what is this\n\n" + told("evt_3", "c3"), headers=stream),
        ],
        "pages": [
            Reply(body=b'{"items": [{"id": "a"}, {"id": "b"}], "next_cursor": "c2"}'),
            Reply(body=b'{"items": [{"id": "c"}], "next_cursor": null}'),
        ],
    }


def test_what_it_does_when_a_server_is_busy_silent_or_gone(tmp_path: Path) -> None:
    compiled(tmp_path, Path(__file__).parent / "java/Behaviour.java")
    at, body = datetime.now(UTC), '{"type":"x"}'
    signature = standardwebhooks.Webhook(SECRET).sign("evt_1", at, body)
    command = ["java", "-cp", class_path(tmp_path), "Behaviour"]
    began = time.monotonic()
    with scripted(plays()) as (url, script):
        done = subprocess.run(
            [*command, url, str(tmp_path), SECRET, str(int(at.timestamp())), signature, body],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
    assert done.returncode == 0, done.stderr
    assert time.monotonic() - began >= 1, "Retry-After was not waited for"
    said = dict(line.split(" ", 1) for line in done.stdout.splitlines())
    assert said == {
        "retries": "rfq_1",
        "change": "lost",
        "patience": "http_503",
        "path": "stayed",
        "dry": "IllegalArgumentException",
        "tokens": "deleteddeleteddeleted",
        "broken": str(len(WHOLE)),
        "other": "whole",
        "stream": "evt_1@c1,evt_2@c2,evt_3@c3",
        "pages": "3",
        "true": body,
        "changed": "bad signature",
        "late": "bad signature",
        "foreign": "bad signature",
        "patch": '{"title":"x","description":null}',
        "nullable": "true,x,false",
    }
    asked = script.asked
    assert len(asked["retries"]) == 5
    assert len({each.headers["idempotency-key"] for each in asked["retries"]}) == 1
    assert len(asked["change"]) == 1, "a change that may have been done is not sent again"
    assert asked["place"][0].path == "/v1/rfqs/..%2Fcredentials%3Fx%3D"
    assert asked["dry"] == []
    sent = [each.headers.get("authorization") for each in asked["tokens"]]
    assert sent == [None, "Bearer one", "Bearer one", "Bearer one", None, "Bearer two"]
    assert (tmp_path / "broken.bin").read_bytes() == WHOLE
    assert re.fullmatch(r"bytes=\d+-", asked["broken"][1].headers["range"])
    assert [each.headers.get("last-event-id") for each in asked["stream"]] == [None, "c2"]
    assert [each.path for each in asked["pages"]] == ["/v1/rfqs?limit=2&after=c1", "/v1/rfqs?limit=2&after=c2"]
