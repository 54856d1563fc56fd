"""The client as the config and the home of a library want it."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from notes_tui.errors import NetworkError
from notes_tui.services.net.addresses import origin_of, refuse_private, texts_of_list
from notes_tui.services.net.cache import Cache
from notes_tui.services.net.client import Client, Manners
from notes_tui.settings import Config, Home, Sources

_PAUSES = {"arxiv": 3.0, "arxiv-pdf": 3.0, "crossref": 0.3, "openalex": 0.3, "github-raw": 0.3}
"""Seconds between two requests: arXiv asks for three in its terms of use, the others for a few requests a second."""
_TEXT = "text/plain, text/markdown, application/json;q=0.9, */*;q=0.5"
MAX_LIST = 32 * 1024 * 1024


def open_client(home: Home, config: Config, named: Iterable[str] = ()) -> Client:
    """A client for the services of the config; ``named`` are further addresses that the person gave.

    Raises :class:`MissingExtraError` where the part of the program that asks the network is not installed.
    """
    sources = config.sources
    trusted = {origin_of(sources.addresses[name]) for name in sources.named}
    trusted |= {origin_of(url) for url in named}
    cache = Cache(home.path / "cache" / "answers")
    cache.prune()
    return Client(cache, Manners(sources.mailto, pauses_of(sources), frozenset(trusted)))


def pauses_of(sources: Sources) -> dict[str, float]:
    """Seconds between two requests by ``host:port``; a service on this machine or network needs none."""
    pauses: dict[str, float] = {}
    for name, seconds in _PAUSES.items():
        address = sources.addresses[name]
        if name in sources.named and _is_private(address):
            continue
        pauses[origin_of(address)] = seconds
    return pauses


def _is_private(address: str) -> bool:
    with suppress(NetworkError):
        refuse_private(address)
        return False
    return True


def text_of_list(client: Client, url: str, sources: Sources) -> tuple[str, str]:
    """The text of the list at an address, and the name of its file; a page of GitHub leads to the bare file.

    Raises :class:`NetworkError` where there is none.
    """
    from notes_tui.services.sources import decode

    for place in texts_of_list(url, sources.addresses["github-raw"]):
        answer = client.get(place, accept=_TEXT, limit=MAX_LIST, fresh=0)
        if answer.status == 200:
            name = place.partition("?")[0].rstrip("/").rpartition("/")[2]
            return decode(answer.body, url), name if "." in name else f"{name or 'list'}.md"
    raise NetworkError(f"{url[:200]}: there is nothing at this address", hint="check the address")
