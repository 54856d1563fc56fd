"""notes-tui: reading lists, read status, annotations and notes of a person who reads papers."""

__version__ = "0.1.0"
