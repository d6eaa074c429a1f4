"""The floor of the API's side: Litestar answering a small JSON document, under the same server with the same options."""

import sys

from litestar import Litestar, get


@get("/")
async def hello() -> dict[str, str]:
    """Answer."""
    return {"hello": "world"}


app = Litestar([hello], openapi_config=None)


def main(port: int, workers: int) -> None:
    """Serve as `api/cli.py` does."""
    from granian import Granian
    from granian.constants import HTTPModes, Interfaces, Loops

    Granian(
        "bench.hello:app",
        address="127.0.0.1",
        port=port,
        interface=Interfaces.ASGI,
        workers=workers,
        loop=Loops.uvloop,
        http=HTTPModes.http1,
        websockets=False,
        backpressure=64,
        log_enabled=False,
    ).serve()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
