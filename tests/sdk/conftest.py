"""One server for all SDKs' scenarios: they play the same story, each with parties of its own."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from sdk_scene import BIG, MIB, Stage
from server_process import ServerProcess, served, verified


@pytest.fixture(scope="session")
def sdk_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    """`jembatan serve`, as an integrator meets it."""
    with served(tmp_path_factory.mktemp("sdk-server"), JEMBATAN_RATE_PER_MINUTE="0") as server:
        yield server


@pytest.fixture(scope="session")
def big_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """200 MB that begin like a PDF."""
    path = tmp_path_factory.mktemp("big") / "large.pdf"
    block = bytes(range(256)) * 4096
    with path.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        for _ in range(BIG // MIB):
            file.write(block)
        file.truncate(BIG)
    return path


@pytest.fixture
def stage(sdk_server: ServerProcess, big_file: Path, tmp_path: Path) -> Stage:
    """A buyer and a supplier that nobody else plays."""
    with httpx.Client(base_url=sdk_server.url, trust_env=False) as client:
        buyer = verified(client, sdk_server.operator, "PT Pembeli", "buyer")
        supplier = verified(client, sdk_server.operator, "Bengkel Satu", "supplier")
    return Stage(sdk_server.url, buyer, supplier, big_file, tmp_path / "came.pdf")
