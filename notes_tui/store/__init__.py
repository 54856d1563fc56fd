"""The only room with SQL: one SQLite file, its schema, and functions that read and write it.

Functions take an open :class:`~notes_tui.store.database.Store`. Those that write expect to run inside
``store.step(...)`` (one transaction and one undo step) or ``store.transaction()``.
"""
