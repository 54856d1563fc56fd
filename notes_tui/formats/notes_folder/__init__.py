"""Folders of notes that people keep their own way, read as papers with their notes and files.

``reading`` decides what is a paper, a topic, a list or nothing of these; ``heads`` takes the top of a note
apart with the help of ``marks`` (Markdown), ``labels`` (``Paper: …``), ``front`` (front matter) and
``names`` (``[2016 ICRA] …``); ``index`` adds what tables of contents say.
"""

from __future__ import annotations

from notes_tui.formats.notes_folder.front import fields_of, reader_part
from notes_tui.formats.notes_folder.heads import read_head
from notes_tui.formats.notes_folder.index import with_lists
from notes_tui.formats.notes_folder.names import is_note_file, topic_name
from notes_tui.formats.notes_folder.reading import read_folder

__all__ = [
    "fields_of",
    "is_note_file",
    "read_folder",
    "read_head",
    "reader_part",
    "topic_name",
    "with_lists",
]
