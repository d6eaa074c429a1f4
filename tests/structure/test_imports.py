"""What a server process loads when it starts: memory of every worker, and time before the first answer."""

import subprocess
import sys

HEAVY = ("alembic", "sqlalchemy", "openpyxl", "reportlab", "segno", "PIL", "numpy", "highspy")
"""Of migrations, files and solving: each is loaded where it is used."""


def test_a_server_loads_nothing_that_few_requests_need() -> None:
    """Together these would be 50 MiB and a second."""
    script = f"import sys, api.asgi; print(*(name for name in {HEAVY!r} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.split() == []
