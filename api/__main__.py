"""`python -m api` is `jembatan`."""

from api.cli import main

main()
