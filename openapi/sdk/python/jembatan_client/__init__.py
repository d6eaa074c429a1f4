"""Jembatan's client: `Hub` for programs, `jembatan-client` for a terminal."""

from ._auth import ApiKey, ClientCredentials
from ._call import Retry
from ._transfer import Downloaded
from .errors import ApiError, BadSignature, JembatanError, NotModified, TransferError
from .hub import AsyncHub, Hub
from .types import UNSET, Unset
from .version import VERSION

__all__ = [
    "UNSET",
    "VERSION",
    "ApiError",
    "ApiKey",
    "AsyncHub",
    "BadSignature",
    "ClientCredentials",
    "Downloaded",
    "Hub",
    "JembatanError",
    "NotModified",
    "Retry",
    "TransferError",
    "Unset",
]
