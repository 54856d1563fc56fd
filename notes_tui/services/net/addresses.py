"""Where a list lies, and which addresses are never asked."""

from __future__ import annotations

import ipaddress
import re
import socket
from urllib.parse import urlsplit
from urllib.request import getproxies

from notes_tui.errors import NetworkError

_GITHUB = re.compile(
    r"https?://(?:www\.)?github\.com/(?P<owner>[^/\s?#]+)/(?P<repo>[^/\s?#]+?)(?:\.git)?"
    r"(?:/(?P<kind>blob|tree|raw)/(?P<path>[^?#\s]+))?/?(?:[?#].*)?",
    re.IGNORECASE,
)
_README_NAMES = ("README.md", "readme.md", "Readme.md", "README.markdown", "docs/README.md")
RAW = "https://raw.githubusercontent.com"


def origin_of(url: str) -> str:
    """``host:port`` of an address. Raises :class:`NetworkError` for what is no address of the web."""
    try:
        parts = urlsplit(url)
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme.lower(), 0)
    except ValueError as error:
        raise NetworkError(f"{url[:200]}: {error}", hint="check the address") from error
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        raise NetworkError(
            f"{url[:200]}: only http and https addresses are asked", hint="save the file and name it"
        )
    return f"{parts.hostname.lower()}:{port}"


def texts_of_list(url: str, raw: str = RAW) -> list[str]:
    """Where the text of a list may lie, the likeliest first: the raw README for a page of GitHub.

    A page of a file leads to that file, one of a folder or of a repository to the README in it. ``raw`` is the
    address under which GitHub gives the bare files.
    """
    found = _GITHUB.fullmatch(url.strip())
    if found is None or found["owner"].lower() in ("orgs", "topics", "search"):
        return [url.strip()]
    place = f"{raw.rstrip('/')}/{found['owner']}/{found['repo']}"
    path = (found["path"] or "").strip("/")
    if found["kind"] and found["kind"].lower() in ("blob", "raw"):
        return [f"{place}/{path}"]
    return [f"{place}/{path or 'HEAD'}/{name}" for name in _README_NAMES]


def refuse_private(url: str) -> None:
    """Raise :class:`NetworkError` for an address within a private network or this machine.

    Behind a proxy the names of hosts are its business; addresses in numbers are looked at all the same.
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").rstrip(".").lower()
    if host == "localhost" or host.endswith((".localhost", ".local", ".internal")):
        raise _private(url)
    try:
        addresses = [str(ipaddress.ip_address(host))]
    except ValueError:
        addresses = [] if parts.scheme.lower() in getproxies() else _resolved(host)
    for address in addresses:
        if not ipaddress.ip_address(address.partition("%")[0]).is_global:
            raise _private(url)


def _private(url: str) -> NetworkError:
    return NetworkError(f"{url[:200]}: it leads into a private network", hint="it was not asked")


def _resolved(host: str) -> list[str]:
    try:
        return [str(found[4][0]) for found in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError) as error:
        raise NetworkError(f"{host}: its name cannot be looked up", hint="is this machine online?") from error
