"""Every setting, read once from the environment and passed on. No other module reads the environment."""

import os
import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

import msgspec
import platformdirs

MIB = 1024 * 1024


class SettingsError(Exception):
    """A setting is missing or makes no sense; the message names it and says what it takes."""


class Secret(str):
    """A text that a representation of the settings, in a traceback say, does not show."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "'***'"


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What an installation can choose. Sizes in bytes, times in seconds."""

    home: Path
    """Where the embedded database, the keys and the files live."""
    database_url: str | None = None
    """A PostgreSQL 15 to 18, as a login role that is neither superuser nor owner. Several hosts, of which one takes writes,
    stand in a row: `postgresql://user@one:5432,two:5432/database`. None: the embedded one."""
    read_database_url: str | None = None
    """Standbys of it, for reads that may be a few seconds old (reports, scorecards, matches); None: the primary answers them
    too. Several hosts in a row as above."""
    read_lag: float = 5.0
    """How old such an answer may be, in seconds, 30 at most. A standby that is further behind is not asked."""
    migration_url: str | None = None
    """The same database as the owner of its schema, for `jembatan migrate`."""
    keys: Path | None = None
    """Folder of the key files; None: `keys` under home."""
    opens: bool = True
    """Whether this process opens quotes: 0 leaves the private opening keys unread, and openings are answered with 503."""
    opening_key: Secret | None = None
    """The private opening keys themselves (a JWK, or a JWK set with the newest first); None: from the key files."""
    opening_key_command: tuple[str, ...] | None = None
    """A command, run without a shell for 10 s at most, whose standard output is the same. Nothing of its output is logged."""
    files_url: str | None = None
    """`file:///folder` or `s3://bucket/prefix` (credentials by the usual AWS_* variables); None: `files` under home."""
    public_url: str | None = None
    """Where clients reach the installation. It is the issuer and the audience of access tokens; None: a URN."""
    host: str = "127.0.0.1"
    """Address to listen on."""
    port: int = 8080
    """Port to listen on; 0 chooses a free one."""
    pool_size: int = 10
    """Connections of one process to the database, besides two that open quotes."""
    statement_cache: int = 256
    """0 behind a pooler in transaction mode."""
    in_flight: int = 128
    """Requests under way in one worker before further ones are answered with 503."""
    soon: float = 0.5
    """Seconds that requests should take: while they take longer a worker takes fewer at once. 0: always `in_flight`."""
    solvers: int = 1
    """Award scenarios that one worker solves at once; further ones are answered with 503."""
    rate_per_minute: int = 1200
    """Requests of one credential in the long run, over all workers and nodes; 0: no limit."""
    rate_burst: int = 300
    """How many of them at once."""
    expensive_per_minute: int = 60
    """The same for each operation that is expensive, beside the above; 0: no limit."""
    expensive_burst: int = 20
    """How many of them at once."""
    streams: int = 64
    """Followers of `stream_events` in one worker; further ones are answered with 503."""
    streams_per_credential: int = 4
    stream_seconds: float = 900.0
    """After which a stream closes by itself; its follower connects again and goes on."""
    max_body: int = MIB
    """Of a request, where its operation does not take more."""
    max_upload: int = 500 * MIB
    """Of one file."""
    quota_bytes: int = 100 * 1024 * MIB
    """Of all files of one organisation together; 0: no limit."""
    upload_seconds: float = 300.0
    """How long one request of a resumable upload may last; what came is kept."""
    upload_idle_seconds: float = 30.0
    """How long it, or any upload, may pause between two bytes."""
    request_seconds: float = 10.0
    """How long the body of a request may take to arrive, files apart."""
    clamav: str | None = None
    """`tcp://host:port` or `unix:///path` of a ClamAV daemon that is asked about every file; None: nobody is asked."""
    metrics_folder: Path | None = None
    """Where the processes of one `serve` keep their counts for each other; `serve` sets it for its workers."""
    log_format: str = "json"
    """`json` or `console`."""
    traces_url: str | None = None
    """Where an OpenTelemetry collector takes traces (OTLP over HTTP; `/v1/traces` is added); None: no traces."""
    traces_headers: str = ""
    """What is sent to it besides, as `name=value,name=value`."""
    webhook_loopback: bool = False
    """Whether webhooks may go to this machine, over http too. For development."""

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> Self:
        """From the environment. Raises SettingsError."""
        home = Path(environment.get("JEMBATAN_HOME") or platformdirs.user_data_dir("jembatan")).absolute()

        def whole(name: str, default: int, least: int, most: int | None = None) -> int:
            text = environment.get(name)
            if not text:
                return default
            if not text.isdecimal() or int(text) < least or (most is not None and int(text) > most):
                up_to = "" if most is None else f" to {most}"
                raise SettingsError(f"{name} is {text!r}; it takes a whole number from {least}{up_to}")
            return int(text)

        def switch(name: str, default: str = "0") -> bool:
            text = environment.get(name) or default
            if text not in {"0", "1"}:
                raise SettingsError(f"{name} is {text!r}; it takes 1 or 0")
            return text == "1"

        keys = environment.get("JEMBATAN_KEYS")
        counts = environment.get("PROMETHEUS_MULTIPROC_DIR")
        opening_key = environment.get("JEMBATAN_OPENING_KEY")
        opening_key_command = environment.get("JEMBATAN_OPENING_KEY_COMMAND")
        if opening_key and opening_key_command:
            raise SettingsError("JEMBATAN_OPENING_KEY and JEMBATAN_OPENING_KEY_COMMAND are both set; set one of them")
        return cls(
            home=home,
            database_url=_database_url("DATABASE_URL", environment),
            read_database_url=_database_url("JEMBATAN_READ_DATABASE_URL", environment),
            read_lag=whole("JEMBATAN_READ_LAG_MS", 5000, 100, 30_000) / 1000,
            migration_url=environment.get("JEMBATAN_MIGRATION_URL") or None,
            keys=Path(keys).absolute() if keys else None,
            opens=switch("JEMBATAN_OPENS", "1"),
            opening_key=Secret(opening_key) if opening_key else None,
            opening_key_command=_command(opening_key_command),
            files_url=environment.get("JEMBATAN_FILES") or None,
            public_url=_public_url(environment.get("JEMBATAN_PUBLIC_URL")),
            host=environment.get("JEMBATAN_HOST") or "127.0.0.1",
            port=whole("JEMBATAN_PORT", 8080, 0),
            pool_size=whole("JEMBATAN_POOL_SIZE", 10, 1),
            statement_cache=whole("JEMBATAN_STATEMENT_CACHE", 256, 0),
            in_flight=whole("JEMBATAN_IN_FLIGHT", 128, 1),
            soon=whole("JEMBATAN_SOON_MS", 500, 0) / 1000,
            solvers=whole("JEMBATAN_SOLVERS", 1, 1),
            rate_per_minute=whole("JEMBATAN_RATE_PER_MINUTE", 1200, 0),
            rate_burst=whole("JEMBATAN_RATE_BURST", 300, 1),
            expensive_per_minute=whole("JEMBATAN_EXPENSIVE_PER_MINUTE", 60, 0),
            expensive_burst=whole("JEMBATAN_EXPENSIVE_BURST", 20, 1),
            streams=whole("JEMBATAN_STREAMS", 64, 1),
            streams_per_credential=whole("JEMBATAN_STREAMS_PER_CREDENTIAL", 4, 1),
            stream_seconds=whole("JEMBATAN_STREAM_SECONDS", 900, 1),
            max_upload=whole("JEMBATAN_MAX_UPLOAD", 500 * MIB, 1024),
            quota_bytes=whole("JEMBATAN_QUOTA_BYTES", 100 * 1024 * MIB, 0),
            upload_seconds=whole("JEMBATAN_UPLOAD_SECONDS", 300, 1),
            upload_idle_seconds=whole("JEMBATAN_UPLOAD_IDLE_SECONDS", 30, 1),
            request_seconds=whole("JEMBATAN_REQUEST_SECONDS", 10, 1),
            clamav=_clamav(environment.get("JEMBATAN_CLAMAV")),
            metrics_folder=Path(counts) if counts else None,
            log_format=environment.get("JEMBATAN_LOG_FORMAT") or "json",
            traces_url=environment.get("OTEL_EXPORTER_OTLP_ENDPOINT") or None,
            traces_headers=environment.get("OTEL_EXPORTER_OTLP_HEADERS") or "",
            webhook_loopback=switch("JEMBATAN_WEBHOOK_LOOPBACK"),
        )

    @property
    def issuer(self) -> str:
        """Who issues access tokens, and for whom: the same on every node of an installation."""
        return self.public_url or "urn:jembatan"

    @property
    def keys_folder(self) -> Path:
        """Where the key files are."""
        return self.keys or self.home / "keys"

    @property
    def storage_url(self) -> str:
        """Where file contents are."""
        return self.files_url or f"file://{self.home / 'files'}"


def _database_url(name: str, environment: Mapping[str, str]) -> str | None:
    url = environment.get(name) or None
    if url is not None and not url.startswith(("postgresql://", "postgres://")):
        raise SettingsError(f"{name} does not start with postgresql://; it takes postgresql://user@host/database")
    return url


def _command(text: str | None) -> tuple[str, ...] | None:
    if not text or not text.strip():
        return None
    try:
        return tuple(shlex.split(text))
    except ValueError as error:  # its arguments may be secrets: they are not repeated
        raise SettingsError(f"JEMBATAN_OPENING_KEY_COMMAND cannot be split into words: {error}") from None


def _public_url(text: str | None) -> str | None:
    if not text:
        return None
    parts = urlsplit(text)
    if parts.scheme not in {"https", "http"} or not parts.hostname or parts.query or parts.fragment or parts.username:
        raise SettingsError(f"JEMBATAN_PUBLIC_URL is {text!r}; it takes https://host, without query or fragment")
    return text.rstrip("/")


def _clamav(text: str | None) -> str | None:
    if not text:
        return None
    parts = urlsplit(text)
    try:
        well = (
            bool(parts.hostname and parts.port)
            if parts.scheme == "tcp"
            else parts.netloc == "" and parts.path.startswith("/")
        )
    except ValueError:  # a port that is none
        well = False
    if parts.scheme not in {"tcp", "unix"} or not well or parts.query or parts.fragment or parts.username:
        raise SettingsError(f"JEMBATAN_CLAMAV is {text!r}; it takes tcp://host:port or unix:///path/of/the/socket")
    return text


def inherited(changes: Mapping[str, str], *, without: Sequence[str] = ()) -> dict[str, str]:
    """This process's environment for a child: with `changes`, without the named settings."""
    kept = {name: value for name, value in os.environ.items() if name not in without}
    return {**kept, **changes}
