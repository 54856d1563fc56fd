"""What leads out: addresses, the editor, the clipboard."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notes_tui.errors import NotesError, StoreError
from notes_tui.model.item import Item, Link
from notes_tui.tui.clipboard import SystemClipboard
from notes_tui.tui.external import (
    NoEditorError,
    UnsafeLinkError,
    edit_text,
    links_of,
    open_in_browser,
    run_command,
    safe_address,
    search_address,
)


@pytest.mark.parametrize(
    "address",
    ["https://example.org/a?b=c", "http://example.org", "mailto:x@example.org", "HTTPS://EXAMPLE.ORG/"],
)
def test_web_and_mail_addresses_are_opened(address: str) -> None:
    assert safe_address(f" {address}\n") == address


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "file:///etc/passwd", "ftp://x", "data:text/html,x", "", "https://", "x", "http://a\nb",
     "https://[", "https://e.org/\u202e", "mailto:", "-https://e.org"],
)  # fmt: skip
def test_other_addresses_are_refused(address: str) -> None:
    with pytest.raises(UnsafeLinkError):
        safe_address(address)


@given(st.text())
def test_whatever_is_opened_is_http_or_mail_in_one_printable_word(text: str) -> None:
    try:
        address = safe_address(text)
    except UnsafeLinkError:
        return
    assert address.lower().startswith(("http://", "https://", "mailto:"))
    assert address.isprintable()
    assert " " not in address


def test_links_end_with_the_doi_and_arxiv_page_unless_they_are_listed() -> None:
    item = Item(
        doi="10.1/x(y)", arxiv="2301.00010", links=(Link("paper", "https://arxiv.org/abs/2301.00010"),)
    )
    assert [link.url for link in links_of(item)] == [
        "https://arxiv.org/abs/2301.00010",
        "https://doi.org/10.1/x(y)",
    ]


def test_a_title_is_searched_as_one_quoted_argument() -> None:
    assert search_address("A & B? [/b]").endswith("q=A%20%26%20B%3F%20%5B/b%5D")


def test_no_browser_is_tried_over_ssh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSH_CONNECTION", "1.2.3.4")
    monkeypatch.setenv("DISPLAY", ":0")
    assert not open_in_browser("https://example.org")


def test_an_editor_that_does_not_exist_is_named() -> None:
    with pytest.raises(NoEditorError, match="no-such-editor"):
        run_command(["no-such-editor"])


def test_the_editor_gets_the_text_and_a_name_and_what_it_wrote_is_saved() -> None:
    saved: list[str] = []
    names: list[str] = []

    def run(command: object) -> int:
        assert isinstance(command, list)
        place = Path(command[-1])
        names.append(place.name)
        place.write_bytes(place.read_bytes().replace(b"old", b"new"))
        return 0

    edit_text(["edit"], "old\r\ntext", "a/../b", saved.append, run=run, terminal=nullcontext)
    assert saved == ["new\r\ntext"]
    assert names == ["a----b.md"]


def test_what_was_written_is_kept_where_it_cannot_be_saved() -> None:
    def refuse(_text: str) -> None:
        raise StoreError("the disk is full")

    def run(command: object) -> int:
        assert isinstance(command, list)
        Path(command[-1]).write_text("precious", "utf-8")
        return 0

    with pytest.raises(NotesError) as caught:
        edit_text(["edit"], "", "note", refuse, run=run, terminal=nullcontext)
    place = Path(caught.value.hint.removeprefix("what you wrote is kept in "))
    assert place.read_text("utf-8") == "precious"


def test_over_ssh_the_terminal_gets_the_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSH_TTY", "/dev/pts/1")
    copied: list[str] = []
    clipboard = SystemClipboard(copied.append)
    clipboard.copy("key")
    assert copied == ["key"]
    assert clipboard.paste() == "key"
