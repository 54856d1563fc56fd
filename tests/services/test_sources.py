"""Texts out of files in whatever encoding, and clear refusals of everything else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notes_tui.errors import UnreadableFileError
from notes_tui.services import sources
from notes_tui.services.sources import decode, read_source

TEXT = "@misc{a, title = {Größe 调度},\n}\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_in_every_form(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "a.bib"
    file.write_bytes(TEXT.encode(encoding))
    assert read_source(file) == TEXT


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
def test_western_text_without_a_declaration(encoding: str) -> None:
    assert decode("Müller “é”".replace("“", "«").replace("”", "»").encode(encoding), "x") == "Müller «é»"


def test_a_declared_encoding_is_believed() -> None:
    assert decode("% Encoding: GB18030\n调度".encode("gb18030"), "x").endswith("调度")


def test_line_ends_are_made_one_kind() -> None:
    assert decode(b"a\r\nb\rc\n", "x") == "a\nb\nc\n"


def test_a_few_control_characters_leave_a_short_text_a_text() -> None:
    text = "@article{k, title={Evil \x1b[31mred\x07}, author={\x1b]0;t\x07\x08 X}}"
    assert decode(text.encode(), "x") == text


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"%PDF-1.7\n...", "PDF"),
        (b"SQLite format 3\x00...", "SQLite"),
        (b"PK\x03\x04...", "ZIP"),
        (b"\x89PNG\r\n", "picture"),
        (b"title\x00with a NUL in it", "no text"),
        (bytes(range(256)) * 20, "no text"),
    ],
)
def test_what_is_no_text_is_refused_by_name(content: bytes, word: str) -> None:
    with pytest.raises(UnreadableFileError) as refused:
        decode(content, "file.bib")
    assert "file.bib" in refused.value.detail
    assert word in refused.value.detail
    assert refused.value.hint


def test_missing_files_folders_and_devices_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.bib", tmp_path, Path("/dev/zero"), tmp_path / "a\0b"):
        with pytest.raises(UnreadableFileError) as refused:
            read_source(path)
        assert refused.value.hint


def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.bib"
    file.write_text(TEXT, "utf-8")
    file.chmod(0)
    if os.access(file, os.R_OK):
        assert read_source(file) == TEXT  # the superuser reads everything
    else:
        with pytest.raises(UnreadableFileError):
            read_source(file)


def test_a_file_beyond_the_bound_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "MAX_BYTES", 10)
    file = tmp_path / "a.bib"
    file.write_text("x" * 11, "utf-8")
    with pytest.raises(UnreadableFileError):
        read_source(file)
    file.write_text("x" * 10, "utf-8")
    assert read_source(file) == "x" * 10


@given(st.binary(max_size=200))
def test_bytes_are_text_or_refused(content: bytes) -> None:
    try:
        text = decode(content, "x")
    except UnreadableFileError:
        return
    assert "\x00" not in text
    text.encode("utf-8", "surrogatepass")


def test_chinese_text_of_before_unicode_is_told_from_western() -> None:
    chinese = "@article{凯撒2013, title={测试论文}, journal={测试期刊}}"
    assert decode(chinese.encode("gbk"), "x") == chinese
    western = "@article{müller, title={Über die Wärme}, author={Poincaré, Élie and Nuñez, José}}"
    assert decode(western.encode("cp1252"), "x") == western
    declared = "% Encoding: GBK\n@article{a, title={调度 á}}"
    assert decode(declared.encode("gbk"), "x") == declared
