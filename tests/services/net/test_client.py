"""The client against a server on this machine that answers well, badly, or not at all."""

from __future__ import annotations

import gzip
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from notes_tui.errors import NetworkError
from notes_tui.services.net.addresses import origin_of, refuse_private, texts_of_list
from notes_tui.services.net.cache import Cache
from notes_tui.services.net.client import Client, Manners


class Time:
    """A time that passes by sleeping alone."""

    def __init__(self) -> None:
        self.now = 1_000_000.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def client(httpserver: HTTPServer, tmp_path: Path, time: Time) -> Iterator[Client]:
    trusted = frozenset([origin_of(httpserver.url_for("/"))])
    manners = Manners("me@example.org", {}, trusted)
    with Client(Cache(tmp_path / "cache"), manners, sleep=time.sleep, clock=lambda: time.now) as made:
        yield made


def test_it_says_who_it_is(client: Client, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/a").respond_with_data("hello")
    assert client.get(httpserver.url_for("/a")).body == b"hello"
    [(request, _)] = httpserver.log
    assert request.headers["User-Agent"].startswith("notes-tui/")
    assert "mailto:me@example.org" in request.headers["User-Agent"]


def test_an_answer_is_kept_and_later_asked_for_politely(
    client: Client, httpserver: HTTPServer, time: Time
) -> None:
    def handler(request: Request) -> Response:
        if request.headers.get("If-None-Match") == '"one"':
            return Response(status=304)
        return Response("text", headers={"ETag": '"one"', "Last-Modified": "Sat, 14 Mar 2026 15:09:26 GMT"})

    httpserver.expect_request("/a").respond_with_handler(handler)
    url = httpserver.url_for("/a")
    assert not client.get(url).from_cache
    assert client.get(url).from_cache
    assert len(httpserver.log) == 1
    time.now += 30 * 24 * 3600
    assert client.get(url).body == b"text"
    assert [response.status_code for _, response in httpserver.log] == [200, 304]
    assert client.get(url, fresh=60).from_cache
    assert len(httpserver.log) == 2


def test_a_busy_host_is_given_the_time_it_asks_for(
    client: Client, httpserver: HTTPServer, time: Time
) -> None:
    httpserver.expect_ordered_request("/a").respond_with_data("", 429, {"Retry-After": "7"})
    httpserver.expect_ordered_request("/a").respond_with_data("", 503)
    httpserver.expect_ordered_request("/a").respond_with_data("at last")
    assert client.get(httpserver.url_for("/a")).body == b"at last"
    assert time.slept == [7.0, 2.0]


def test_a_host_that_wants_an_hour_is_left_alone_in_this_run(
    client: Client, httpserver: HTTPServer, time: Time
) -> None:
    httpserver.expect_request("/a").respond_with_data("", 503, {"Retry-After": "3600"})
    for _ in range(2):
        with pytest.raises(NetworkError, match="503") as caught:
            client.get(httpserver.url_for("/a"))
        assert caught.value.hint
    assert len(httpserver.log) == 1
    assert time.slept == []


def test_there_is_a_pause_between_two_requests(httpserver: HTTPServer, time: Time) -> None:
    origin = origin_of(httpserver.url_for("/"))
    httpserver.expect_request("/a").respond_with_data("x")
    manners = Manners("", {origin: 3.0}, frozenset([origin]))
    with Client(None, manners, sleep=time.sleep, clock=lambda: time.now) as polite:
        for _ in range(3):
            polite.get(httpserver.url_for("/a"))
    assert time.slept == [3.0, 3.0]


def test_nobody_there_is_a_clear_error(client: Client, time: Time) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    client.manners = Manners("", {}, frozenset([f"127.0.0.1:{port}"]))
    with pytest.raises(NetworkError, match="cannot be reached"):
        client.get(f"http://127.0.0.1:{port}/a")
    assert time.slept == [1.0]


def test_what_is_not_there_is_told_apart(client: Client, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/a").respond_with_data("no", 404)
    httpserver.expect_request("/b").respond_with_data("no", 403)
    assert client.get(httpserver.url_for("/a")).status == 404
    with pytest.raises(NetworkError, match="403"):
        client.get(httpserver.url_for("/b"))


def test_too_much_is_refused_even_where_it_is_packed(client: Client, httpserver: HTTPServer) -> None:
    bomb = gzip.compress(b"\0" * 50_000_000)
    httpserver.expect_request("/a").respond_with_data(bomb, headers={"Content-Encoding": "gzip"})
    httpserver.expect_request("/b").respond_with_data(b"x" * 2_000)
    httpserver.expect_request("/c").respond_with_data(
        gzip.compress(b"fine"), headers={"Content-Encoding": "gzip"}
    )
    httpserver.expect_request("/d").respond_with_data(b"no gzip", headers={"Content-Encoding": "gzip"})
    httpserver.expect_request("/e").respond_with_data(b"x", headers={"Content-Encoding": "br"})
    for path in ("/a", "/b"):
        with pytest.raises(NetworkError, match="longer than"):
            client.get(httpserver.url_for(path), limit=1_000)
    assert client.get(httpserver.url_for("/c")).body == b"fine"
    for path in ("/d", "/e"):
        with pytest.raises(NetworkError):
            client.get(httpserver.url_for(path))


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://example.org/a", "http://127.0.0.2/a", "http://[::1]/a", "http://10.0.0.1/", "http://169.254.169.254/meta", "http://localhost:1/"]
)  # fmt: skip
def test_no_redirect_leads_out_of_the_web_or_into_a_private_network(
    client: Client, httpserver: HTTPServer, target: str
) -> None:
    httpserver.expect_request("/a").respond_with_data("", 302, {"Location": target})
    with pytest.raises(NetworkError, match=r"only http|private network"):
        client.get(httpserver.url_for("/a"))
    assert len(httpserver.log) == 1


def test_redirects_within_reason_are_followed(client: Client, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/a").respond_with_data("", 302, {"Location": "b"})
    httpserver.expect_request("/b").respond_with_data("here")
    httpserver.expect_request("/round").respond_with_data("", 302, {"Location": "/round"})
    answer = client.get(httpserver.url_for("/a"))
    assert (answer.body, answer.url) == (b"here", httpserver.url_for("/b"))
    with pytest.raises(NetworkError, match="leads on"):
        client.get(httpserver.url_for("/round"))


def test_a_damaged_cache_is_no_cache(client: Client, httpserver: HTTPServer, tmp_path: Path) -> None:
    httpserver.expect_request("/a").respond_with_data("text")
    client.get(httpserver.url_for("/a"))
    [file] = (tmp_path / "cache").iterdir()
    for content in (b"", b"{}\n", b"[1]\ntext", b"\xff\xfe", file.read_bytes()[:-1]):
        file.write_bytes(content)
        assert client.get(httpserver.url_for("/a")).body == b"text"


def test_a_private_address_is_refused_before_it_is_asked() -> None:
    for url in ("http://127.0.0.1/", "https://192.168.1.1/", "http://printer.local/", "http://[fe80::1]/"):
        with pytest.raises(NetworkError, match="private network"):
            refuse_private(url)
    refuse_private("https://93.184.215.14/")


RAW = "https://raw.githubusercontent.com"


@pytest.mark.parametrize(
    ("url", "first"),
    [
        ("https://github.com/o/r", f"{RAW}/o/r/HEAD/README.md"),
        ("https://github.com/o/r.git", f"{RAW}/o/r/HEAD/README.md"),
        ("https://github.com/o/r/?tab=readme-ov-file#papers", f"{RAW}/o/r/HEAD/README.md"),
        ("https://github.com/o/r/tree/main", f"{RAW}/o/r/main/README.md"),
        ("https://github.com/o/r/tree/feature/x/papers/", f"{RAW}/o/r/feature/x/papers/README.md"),
        ("https://github.com/o/r/blob/main/docs/list.md#top", f"{RAW}/o/r/main/docs/list.md"),
        ("https://github.com/o/r/raw/main/list.md", f"{RAW}/o/r/main/list.md"),
        (f"{RAW}/o/r/main/README.md", f"{RAW}/o/r/main/README.md"),
        ("https://example.org/list.md", "https://example.org/list.md"),
    ],
)
def test_pages_of_github_lead_to_the_bare_file(url: str, first: str) -> None:
    assert texts_of_list(url)[0] == first
