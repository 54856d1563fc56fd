"""A client that is polite to others and distrusts what they say.

One request at a time, with a pause of its own for each host; ``Retry-After`` is kept, failures are repeated a
few times and ever later. Answers are bounded in size as they unfold and in time; redirects are followed a few
times, never to another kind of address and never into a private network, unless the person named that host.
"""

from __future__ import annotations

import math
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Protocol
from urllib.parse import urljoin

from notes_tui import __version__
from notes_tui.errors import MissingExtraError, NetworkError
from notes_tui.services.net.addresses import origin_of, refuse_private
from notes_tui.services.net.cache import FRESH, Cache, CachedAnswer

MAX_BYTES = 16 * 1024 * 1024
"""Bytes of an answer, unpacked."""
TIMEOUT = 20.0
LONGEST = 120.0
"""Seconds for one answer, however slowly it trickles."""
_ATTEMPTS = 4
_SILENT_ATTEMPTS = 2
"""How often a host is asked that gives no answer at all."""
_LONGEST_WAIT = 60.0
"""Seconds that are waited at most for a host that asks for it."""
_REDIRECTS = 5
_AGAIN = frozenset((429, 500, 502, 503, 504))
_OFFLINE = "nothing was lost; try again when there is a connection"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a host answered; ``status`` 304 does not occur, and 404 has an empty body."""

    url: str
    """The address after all redirects."""
    status: int
    body: bytes
    from_cache: bool = False


@dataclass(frozen=True, slots=True)
class Manners:
    """How the client behaves."""

    mailto: str = ""
    """An address at which the person may be told that something goes wrong; not sent if empty."""
    pauses: Mapping[str, float] | None = None
    """Seconds between two requests, by ``host:port``."""
    trusted: frozenset[str] = frozenset()
    """``host:port`` of hosts that the person named, which may be private."""
    attempts: int = _ATTEMPTS

    @property
    def agent(self) -> str:
        """How the program names itself."""
        return f"notes-tui/{__version__}" + (f" (mailto:{self.mailto})" if self.mailto else "")


class Sink(Protocol):
    """Takes the bytes of an answer."""

    def begin(self) -> object:
        """Forget what came: the answer begins anew."""

    def write(self, data: bytes, /) -> object:
        """Take some bytes."""


class Client:
    """Asks hosts. Used as a context; ``sleep`` and ``clock`` are the time's."""

    def __init__(
        self, cache: Cache | None = None, manners: Manners | None = None, *,
        sleep: Callable[[float], None] = time.sleep, clock: Callable[[], float] = time.time,
    ) -> None:  # fmt: skip
        try:
            import httpx2
        except ImportError as error:
            raise MissingExtraError(
                "asking the network needs the extra `net`", hint="pip install 'notes-tui[net]'"
            ) from error
        self.cache = cache
        self.manners = manners or Manners()
        self._sleep, self._clock = sleep, clock
        self._asked: dict[str, float] = {}
        self._down: dict[str, str] = {}
        self._http = httpx2.Client(
            follow_redirects=False,
            timeout=httpx2.Timeout(TIMEOUT),
            headers={"User-Agent": self.manners.agent},
        )

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()

    def get(self, url: str, *, accept: str = "*/*", limit: int = MAX_BYTES, fresh: float = FRESH) -> Answer:
        """The answer of an address, from the cache where that is younger than ``fresh`` seconds.

        Raises :class:`NetworkError` where there is none, where it is larger than ``limit`` bytes, or where it
        says anything but that the thing is there or is not.
        """
        known = self.cache.get(url) if self.cache else None
        if known is not None and 0 <= self._clock() - known.fetched < fresh:
            return Answer(known.final_url, 200, known.body, from_cache=True)
        body = bytearray()
        headers = {"Accept": accept} | _conditions(known)
        status, final, told = self._ask(url, headers, _Buffer(body), limit)
        if status == 304 and known is not None:
            self._keep(replace(known, fetched=self._clock()))
            return Answer(known.final_url, 200, known.body, from_cache=True)
        if status in (404, 410):
            return Answer(final, 404, b"")
        if status != 200:
            raise NetworkError(f"{final[:200]}: the answer is {status}", hint="try again later")
        self._keep(CachedAnswer(url, final, self._clock(), told.get("etag", ""), told.get("last-modified", ""), bytes(body)))  # fmt: skip
        return Answer(final, 200, bytes(body))

    def download(self, url: str, sink: Sink, *, limit: int, accept: str = "*/*") -> None:
        """Write what an address holds into a sink. Raises what :meth:`get` does, and where there is nothing."""
        status, final, _ = self._ask(url, {"Accept": accept}, sink, limit)
        if status != 200:
            raise NetworkError(f"{final[:200]}: the answer is {status}", hint="try again later")

    def _keep(self, answer: CachedAnswer) -> None:
        if self.cache:
            self.cache.put(answer)

    def _ask(
        self, url: str, headers: Mapping[str, str], sink: Sink, limit: int
    ) -> tuple[int, str, Mapping[str, str]]:
        """Ask an address and those it leads to. Returns status, last address and headers; the body is in the sink."""
        for _ in range(_REDIRECTS + 1):
            status, told = self._ask_patiently(url, headers, sink, limit)
            if status not in (301, 302, 303, 307, 308):
                return status, url, told
            following = urljoin(url, told.get("location", ""))
            origin_of(following)
            if url.startswith("https:") and not following.lower().startswith("https:"):
                raise NetworkError(f"{following[:200]}: it leads away from https", hint="it was not asked")
            url = following
        raise NetworkError(f"{url[:200]}: it leads on and on", hint="check the address")

    def _ask_patiently(
        self, url: str, headers: Mapping[str, str], sink: Sink, limit: int
    ) -> tuple[int, Mapping[str, str]]:
        origin = origin_of(url)
        if reason := self._down.get(origin):
            raise NetworkError(reason, hint=_OFFLINE)
        if origin not in self.manners.trusted:
            refuse_private(url)
        reason = ""
        for attempt in range(self.manners.attempts):
            self._pause(origin)
            try:
                status, told = self._ask_once(url, headers, sink, limit)
            except _NoAnswerError as error:
                reason, wait = (
                    f"{origin}: {error}",
                    2.0**attempt if attempt < _SILENT_ATTEMPTS - 1 else math.inf,
                )
            else:
                if status not in _AGAIN:
                    return status, told
                reason = f"{origin}: the answer is {status}"
                wait = max(_retry_after(told.get("retry-after", ""), self._clock()), 2.0**attempt)
            if wait > _LONGEST_WAIT or attempt == self.manners.attempts - 1:
                break
            self._sleep(wait)
        self._down[origin] = reason
        raise NetworkError(reason, hint=_OFFLINE)

    def _pause(self, origin: str) -> None:
        pause = (self.manners.pauses or {}).get(origin, 0.0)
        rest = self._asked.get(origin, -pause) + pause - self._clock()
        if rest > 0:
            self._sleep(min(rest, pause))
        self._asked[origin] = self._clock()

    def _ask_once(
        self, url: str, headers: Mapping[str, str], sink: Sink, limit: int
    ) -> tuple[int, Mapping[str, str]]:
        with _in_words():
            asked = {"Accept-Encoding": "gzip, identity", **headers}
            with self._http.stream("GET", url, headers=asked) as response:
                told = {name.lower(): value for name, value in response.headers.items()}
                if response.status_code == 200:
                    sink.begin()
                    for data in _unpacked(response.iter_raw(), told, url, limit):
                        sink.write(data)
                return response.status_code, told


class _NoAnswerError(Exception):
    """A host gave no answer; it may be asked again."""


class _Buffer:
    def __init__(self, body: bytearray) -> None:
        self.body = body

    def begin(self) -> None:
        self.body.clear()

    def write(self, data: bytes) -> None:
        self.body += data


def _unpacked(raw: Iterable[bytes], told: Mapping[str, str], url: str, limit: int) -> Iterator[bytes]:
    """The bytes of an answer as they come, unpacked a piece at a time and never more than ``limit`` of them."""
    coding = told.get("content-encoding", "").strip().lower()
    if coding not in ("", "identity", "gzip", "x-gzip"):
        raise NetworkError(f"{url[:200]}: packed as {coding[:40]!r}", hint="it was not taken")
    unpacker = zlib.decompressobj(31) if coding.endswith("gzip") else None
    left, end = limit, time.monotonic() + LONGEST
    for piece in raw:
        data = unpacker.decompress(piece, left + 1) if unpacker else piece
        left -= len(data)
        if left < 0:
            raise NetworkError(f"{url[:200]}: longer than {limit // 1024:,} kB", hint="it was not taken")
        if time.monotonic() > end:
            raise _NoAnswerError("the answer takes too long")
        yield data


@contextmanager
def _in_words() -> Iterator[None]:
    import httpx2 as library

    try:
        yield
    except (library.TimeoutException, TimeoutError) as error:
        raise _NoAnswerError("no answer in time") from error
    except (library.TransportError, OSError) as error:
        raise _NoAnswerError("it cannot be reached") from error
    except (library.InvalidURL, ValueError, zlib.error) as error:
        raise NetworkError(f"{error}", hint="check the address") from error


def _conditions(known: CachedAnswer | None) -> dict[str, str]:
    if known is None:
        return {}
    asked = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in asked.items() if value}


def _retry_after(text: str, now: float) -> float:
    """Seconds that a host asks to wait: RFC 9110 10.2.3, a number or a date."""
    text = text.strip()
    if text.isascii() and text.isdigit() and len(text) < 9:
        return float(text)
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return 0.0
    moment = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max((moment - datetime.fromtimestamp(now, UTC)).total_seconds(), 0.0)
