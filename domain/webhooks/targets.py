"""Where a webhook may go: which URLs, and which addresses behind their names. All pure.

Whoever chooses a URL makes this installation's network connect to it. So a URL is read by one strict expression (two
parsers that disagree are how such checks are bypassed), and an address is admitted only when it is public unicast.
The name behind a URL is resolved and checked at every delivery, and the connection goes to the address that was checked.
"""

import re
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import NamedTuple

MAX_URL = 500
HTTPS = 443
FIRST_FREE_PORT = 1024
LAST_PORT = 65535

_URL = re.compile(
    r"(?P<scheme>https?)://(?P<host>\[[0-9A-Fa-f:.]+\]|[0-9A-Za-z.-]+)(?::(?P<port>[0-9]{1,5}))?"
    r"(?P<target>(?:/[0-9A-Za-z._~:/@!$&'()*+,;=%-]*)?(?:\?[0-9A-Za-z._~:/?@!$&'()*+,;=%\[\]-]*)?)\Z"
)
_LABEL = re.compile(r"[0-9a-z](?:[0-9a-z-]{0,61}[0-9a-z])?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
MAX_NAME = 253
PRIVATE_SUFFIXES = ("local", "localdomain", "internal", "intranet", "lan", "home.arpa", "onion", "test", "invalid")

PUBLIC_6 = IPv6Network("2000::/3")
REFUSED_4 = tuple(
    IPv4Network(text)
    for text in (
        "192.0.0.0/24",  # protocol assignments, one of them a metadata service
        "192.88.99.0/24",  # 6to4 relays
        "168.63.129.16/32",  # Azure's host: a public number that is a metadata service
    )
)
REFUSED_6 = tuple(
    IPv6Network(text)
    for text in (
        "2001::/23",  # protocol assignments, Teredo among them
        "2001:db8::/32",
        "3fff::/20",  # both for documentation
        "2002::/16",  # 6to4: an IPv4 address in disguise, as are the mapped and NAT64 ones outside 2000::/3
    )
)
"""What `is_global` of the standard library lets through, or lets through in some of its versions."""


class Target(NamedTuple):
    """A URL in its parts: `host` without brackets, `target` is path and query."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """What the `Host` field says."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        usual = HTTPS if self.scheme == "https" else 80
        return host if self.port == usual else f"{host}:{self.port}"


class TargetRefused(Exception):
    """The URL, or an address behind its name, is none we send to; the message says why, in English."""


def read_url(url: str, *, loopback: bool) -> Target:
    """The parts of `url`. Raises TargetRefused.

    `loopback` admits this machine's own addresses, over http too: for development.
    """
    if len(url) > MAX_URL:
        raise TargetRefused(f"The URL is longer than {MAX_URL} characters.")
    match = _URL.match(url)
    if match is None:
        raise TargetRefused(
            "Write the URL as https://host/path in ASCII, without user name, password, fragment or spaces."
        )
    host = match["host"].lower().strip("[]")
    scheme = match["scheme"]
    is_own = _check_host(host, bracketed=match["host"].startswith("["), loopback=loopback)
    if scheme != "https" and not is_own:
        raise TargetRefused("Only https is sent to.")
    port = int(match["port"]) if match["port"] else (HTTPS if scheme == "https" else 80)
    if port not in {HTTPS, *([80] if is_own else [])} and not FIRST_FREE_PORT <= port <= LAST_PORT:
        raise TargetRefused(f"The port is {HTTPS}, or one from {FIRST_FREE_PORT} to {LAST_PORT}.")
    target = match["target"]
    return Target(scheme, host, port, target if target.startswith("/") else f"/{target}")


def _check_host(host: str, *, bracketed: bool, loopback: bool) -> bool:
    """Whether the host is this machine by its very name. Raises TargetRefused."""
    name = "The host is a domain name or an IP address in its usual form."
    # As browsers read it: a host whose last label is a number is an IPv4 address, however it is written.
    if bracketed or _NUMBER.fullmatch(host.rpartition(".")[2]):
        try:
            address: IPv4Address | IPv6Address = IPv6Address(host) if bracketed else IPv4Address(host)
        except ValueError:
            raise TargetRefused(name) from None
        admit([address.compressed], loopback=loopback, plain=False)
        return address.is_loopback
    if len(host) > MAX_NAME or not all(_LABEL.fullmatch(label) for label in host.split(".")):
        raise TargetRefused(name)
    if host == "localhost" or host.endswith(".localhost"):
        if not loopback:
            raise TargetRefused("This machine's own address is not sent to.")
        return True
    if "." not in host or host.endswith(tuple(f".{suffix}" for suffix in PRIVATE_SUFFIXES)):
        raise TargetRefused("The host's name belongs to a private network.")
    return False


def admit(addresses: Sequence[str], *, loopback: bool, plain: bool) -> None:
    """Raises TargetRefused unless every one of `addresses` may be connected to.

    One bad address among good ones is enough: a name that mixes them is up to something. `plain` is a connection
    without TLS, which goes to this machine only.
    """
    if not addresses:
        raise TargetRefused("The host has no address.")
    for text in addresses:
        try:
            address = ip_address(text)
        except ValueError:
            raise TargetRefused("The host has an address of an unknown kind.") from None
        is_own = loopback and address.is_loopback
        if not is_own and (plain or not is_public(address)):
            raise TargetRefused("The host's address is not a public one.")


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether it is unicast, routed on the internet, and hides no other address."""
    if not address.is_global or address.is_multicast or address.is_reserved:
        return False
    if isinstance(address, IPv4Address):
        return not any(address in network for network in REFUSED_4)
    return address.scope_id is None and address in PUBLIC_6 and not any(address in net for net in REFUSED_6)
