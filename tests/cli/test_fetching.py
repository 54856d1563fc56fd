"""The commands that ask the network, with services on this machine."""

from __future__ import annotations

import pytest
from pytest_httpserver import HTTPServer

from notes_tui.settings import Home
from tests.cli.conftest import Run

FEED = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/abs/1706.03762v7</id>
<title>Attention Is All You Need</title><published>2017-06-12T17:57:34Z</published>
<author><name>Ashish Vaswani</name></author></entry></feed>"""
LIST = "# A List\n\n## One\n\n- [A Study of Alpha in the Wild](https://x.example/a)\n- [B is for Better Serving](https://x.example/b)\n"


@pytest.fixture
def server(httpserver: HTTPServer, empty: Home) -> HTTPServer:
    """Services on this machine that the config of an empty home names."""
    base = httpserver.url_for("").rstrip("/")
    names = ("arxiv", "arxiv-pdf", "crossref", "openalex", "github-raw")
    rows = "".join(f"  {name}: {base}/{name}\n" for name in names)
    empty.config.write_text(f"sources:\n  mailto: me@example.org\n{rows}", "utf-8")
    return httpserver


def test_fetch_fills_and_says_what(cli: Run, server: HTTPServer) -> None:
    server.expect_request("/arxiv").respond_with_data(FEED)
    [key] = cli("add", "1706.03762", "--json").value["added"]
    outcome = cli("fetch", key)
    assert outcome.status == 0
    assert "title: arXiv:1706.03762 → Attention Is All You Need" in outcome.out
    assert outcome.lines[-1] == "1 item asked about, 1 changed"
    value = cli("fetch", key, "--json").value
    assert (value["asked"], value["changed"], value["problems"], value["waiting"]) == (1, [], [], 0)
    assert cli("undo").status == 0
    assert cli("show", key, "--json").value["title"] == "arXiv:1706.03762"


def test_fetch_without_an_answer_fails_in_words(cli: Run, server: HTTPServer) -> None:
    server.expect_request("/arxiv").respond_with_data("", 403)
    [key] = cli("add", "1706.03762", "--json").value["added"]
    outcome = cli("fetch", "--json")
    assert outcome.status == 1
    assert outcome.err.startswith("error: network: ")
    assert "hint: 1 item" in outcome.err
    assert cli("fetch", "nobody").status == 1
    assert cli("show", key).status == 0


def test_a_list_is_updated_from_its_address_and_its_inbox_emptied(
    cli: Run, server: HTTPServer, empty: Home
) -> None:
    file = empty.path / "list.md"
    file.write_text(LIST, "utf-8")
    cli("collection", "add", file)
    newer = LIST + "- [C as a Language for Models](https://x.example/c)\n"
    server.expect_request("/github-raw/someone/list/HEAD/README.md").respond_with_data("", 404)
    server.expect_request("/github-raw/someone/list/HEAD/readme.md").respond_with_data(newer)
    server.expect_request("/none.md").respond_with_data("", 404)
    value = cli("collection", "update", "a-list", "https://github.com/someone/list", "--json").value
    assert (value["added"], value["matched"], len(value["new"]), value["gone"]) == (1, 2, 1, [])
    assert value["new"][0]["title"] == "C as a Language for Models"
    assert cli("collection", "list", "--json").value[0]["source"] == "https://github.com/someone/list"
    assert "C as a Language for Models  One" in cli("collection", "inbox").out
    [inbox] = cli("collection", "inbox", "a-list", "--seen", "--json").value
    assert [each["kind"] for each in inbox["news"]] == ["new"]
    assert cli("collection", "inbox", "--json").value == []
    assert cli("collection", "update", "a-list", "--json").value["new"] == []
    assert cli("collection", "update", "a-list", server.url_for("/none.md")).status == 1


def test_a_source_that_is_none_is_told_with_its_key(cli: Run, empty: Home) -> None:
    for text, key in (
        ("sources: {google: x}", "sources.google"), ("sources: {arxiv: ftp://x}", "sources.arxiv"),
        ("sources: {order: [bing]}", "sources.order"), ("sources: {mailto: me}", "sources.mailto"),
    ):  # fmt: skip
        empty.config.write_text(text, "utf-8")
        outcome = cli("fetch")
        assert outcome.status == 1
        assert key in outcome.err
