"""The schema, as one list of migrations: appended to, never edited.

Every home, new or old, runs the same list through sqlite-utils' ``Migrations``. The whole run is one
transaction. Tables the user changes get journal triggers (row images for undo) and, where they hold
words, triggers that queue the item for the search index.
"""

from __future__ import annotations

from sqlite_utils import Database, Migrations

migrations = Migrations("notes_tui")

JOURNALED: dict[str, tuple[str, ...]] = {
    "items": (
        "id", "uid", "citekey", "type", "title", "title_short", "creators", "venue", "year", "doi", "arxiv",
        "abstract", "links", "extra", "private", "pages", "added", "trashed", "locked", "title_key", "rest_key",
        "queue_place",
    ),
    "aliases": ("id", "alias", "item_id"),
    "relations": ("id", "item_id", "other_id", "kind"),
    "collections": (
        "id", "slug", "title", "description", "source", "kind", "position", "hidden", "sections", "extra", "created",
    ),
    "entries": ("id", "collection_id", "item_id", "position", "section", "title", "text", "fields"),
    "item_tags": ("id", "item_id", "tag"),
    "notes": ("id", "uid", "item_id", "title", "body", "private", "created", "modified"),
    "annotations": (
        "id", "uid", "item_id", "kind", "page", "page_label", "quote", "comment", "role", "color", "source",
        "created", "extra",
    ),
    "attachments": ("id", "uid", "item_id", "path", "kind", "title", "sha256", "added", "extra"),
    "views": ("id", "name", "query", "position"),
}  # fmt: skip
"""Tables whose rows undo brings back, with the columns it keeps. Derived columns are left out."""

EVENT_COLUMNS = (
    "id", "uid", "item_id", "kind", "value", "page", "at", "day", "recorded", "machine", "retracts", "retracted", "step",
)  # fmt: skip

_TABLES = (
    """CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID""",
    """CREATE TABLE items (
        id INTEGER PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL UNIQUE, citekey TEXT NOT NULL UNIQUE COLLATE NOCASE,
        type TEXT NOT NULL, title TEXT NOT NULL, title_short TEXT NOT NULL, creators TEXT NOT NULL,
        venue TEXT NOT NULL, year INTEGER, doi TEXT NOT NULL, arxiv TEXT NOT NULL, abstract TEXT NOT NULL,
        links TEXT NOT NULL, extra TEXT NOT NULL, private INTEGER NOT NULL DEFAULT 0, pages INTEGER,
        added TEXT NOT NULL, trashed TEXT NOT NULL DEFAULT '', locked TEXT NOT NULL DEFAULT '[]',
        title_key TEXT NOT NULL, rest_key TEXT NOT NULL, queue_place INTEGER,
        read_status TEXT NOT NULL DEFAULT 'unread', rating INTEGER, page INTEGER,
        list_order INTEGER NOT NULL DEFAULT 0)""",
    "CREATE INDEX items_list_order ON items (trashed, list_order)",
    "CREATE INDEX items_read_status ON items (read_status, trashed, list_order)",
    "CREATE INDEX items_title_key ON items (title_key)",
    "CREATE INDEX items_match_key ON items (replace(title_key, ' ', ''))",
    "CREATE INDEX items_rest_key ON items (rest_key)",
    "CREATE INDEX items_short ON items (title_short COLLATE NOCASE) WHERE title_short <> ''",
    "CREATE INDEX items_doi ON items (doi COLLATE NOCASE) WHERE doi <> ''",
    "CREATE INDEX items_arxiv ON items (arxiv COLLATE NOCASE) WHERE arxiv <> ''",
    """CREATE TABLE aliases (
        id INTEGER PRIMARY KEY, alias TEXT NOT NULL UNIQUE COLLATE NOCASE,
        item_id INTEGER NOT NULL REFERENCES items(id) ON DELETE CASCADE)""",
    "CREATE INDEX aliases_item ON aliases (item_id)",
    """CREATE TABLE relations (
        id INTEGER PRIMARY KEY, item_id INTEGER NOT NULL REFERENCES items(id) ON DELETE CASCADE,
        other_id INTEGER NOT NULL REFERENCES items(id) ON DELETE CASCADE, kind TEXT NOT NULL,
        UNIQUE (item_id, other_id))""",
    "CREATE INDEX relations_other ON relations (other_id)",
    """CREATE TABLE collections (
        id INTEGER PRIMARY KEY, slug TEXT NOT NULL UNIQUE COLLATE NOCASE, title TEXT NOT NULL,
        description TEXT NOT NULL DEFAULT '', source TEXT NOT NULL DEFAULT '', kind TEXT NOT NULL,
        position INTEGER NOT NULL, hidden INTEGER NOT NULL DEFAULT 0, sections TEXT NOT NULL DEFAULT '[]',
        extra TEXT NOT NULL DEFAULT '{}', created TEXT NOT NULL)""",
    """CREATE TABLE entries (
        id INTEGER PRIMARY KEY, collection_id INTEGER NOT NULL REFERENCES collections(id) ON DELETE CASCADE,
        item_id INTEGER NOT NULL REFERENCES items(id) ON DELETE CASCADE, position INTEGER NOT NULL,
        section TEXT NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL, fields TEXT NOT NULL DEFAULT '{}')""",
    "CREATE INDEX entries_collection ON entries (collection_id, position)",
    "CREATE INDEX entries_item ON entries (item_id)",
    """CREATE TABLE item_tags (
        id INTEGER PRIMARY KEY, item_id INTEGER NOT NULL REFERENCES items(id) ON DELETE CASCADE,
        tag TEXT NOT NULL COLLATE NOCASE, UNIQUE (item_id, tag))""",
    "CREATE INDEX item_tags_tag ON item_tags (tag, item_id)",
    """CREATE TABLE notes (
        id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE,
        item_id INTEGER NOT NULL REFERENCES items(id) ON DELETE CASCADE, title TEXT NOT NULL DEFAULT '',
        body TEXT NOT NULL, private INTEGER NOT NULL DEFAULT 0, created TEXT NOT NULL, modified TEXT NOT NULL,
        UNIQUE (item_id, title))""",
    """CREATE TABLE annotations (
        id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE,
        item_id INTEGER NOT NULL REFERENCES items(id) ON DELETE CASCADE, kind TEXT NOT NULL, page INTEGER,
        page_label TEXT NOT NULL DEFAULT '', quote TEXT NOT NULL DEFAULT '', comment TEXT NOT NULL DEFAULT '',
        role TEXT NOT NULL DEFAULT '', color TEXT NOT NULL DEFAULT '', source TEXT NOT NULL DEFAULT 'manual',
        created TEXT NOT NULL, extra TEXT NOT NULL DEFAULT '{}')""",
    "CREATE INDEX annotations_item ON annotations (item_id, page)",
    "CREATE INDEX annotations_role ON annotations (role) WHERE role <> ''",
    """CREATE TABLE attachments (
        id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE,
        item_id INTEGER NOT NULL REFERENCES items(id) ON DELETE CASCADE, path TEXT NOT NULL, kind TEXT NOT NULL,
        title TEXT NOT NULL DEFAULT '', sha256 TEXT NOT NULL DEFAULT '', added TEXT NOT NULL,
        extra TEXT NOT NULL DEFAULT '{}')""",
    "CREATE INDEX attachments_item ON attachments (item_id)",
    """CREATE TABLE events (
        id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, item_id INTEGER NOT NULL, kind TEXT NOT NULL,
        value TEXT NOT NULL DEFAULT '', page INTEGER, at TEXT NOT NULL, day TEXT NOT NULL, recorded TEXT NOT NULL,
        machine TEXT NOT NULL, retracts TEXT, retracted INTEGER NOT NULL DEFAULT 0, step INTEGER)""",
    "CREATE INDEX events_item ON events (item_id, kind, day, recorded)",
    "CREATE INDEX events_day ON events (day, recorded)",
    "CREATE INDEX events_step ON events (step)",
    "CREATE INDEX events_retracts ON events (retracts) WHERE retracts IS NOT NULL",
    """CREATE TABLE views (
        id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE COLLATE NOCASE, query TEXT NOT NULL,
        position INTEGER NOT NULL)""",
    """CREATE TABLE editing (
        item_id INTEGER NOT NULL REFERENCES items(id) ON DELETE CASCADE, title TEXT NOT NULL DEFAULT '',
        process INTEGER NOT NULL, since TEXT NOT NULL, PRIMARY KEY (item_id, title, process)) WITHOUT ROWID""",
    """CREATE TABLE vaults (
        id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, profile TEXT NOT NULL, created TEXT NOT NULL)""",
    """CREATE TABLE vault_files (
        vault_id INTEGER NOT NULL REFERENCES vaults(id) ON DELETE CASCADE, path TEXT NOT NULL,
        kind TEXT NOT NULL, item_id INTEGER, base TEXT NOT NULL, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL,
        PRIMARY KEY (vault_id, path)) WITHOUT ROWID""",
    """CREATE TABLE journal_steps (
        id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, label TEXT NOT NULL,
        undone INTEGER NOT NULL DEFAULT 0, size INTEGER NOT NULL DEFAULT 0)""",
    """CREATE TABLE journal_changes (
        id INTEGER PRIMARY KEY, step INTEGER NOT NULL REFERENCES journal_steps(id) ON DELETE CASCADE,
        tbl TEXT NOT NULL, op TEXT NOT NULL, row_id INTEGER NOT NULL, old TEXT, new TEXT)""",
    "CREATE INDEX journal_changes_step ON journal_changes (step)",
    "CREATE TABLE journal_open (only INTEGER PRIMARY KEY CHECK (only = 1), step INTEGER)",
    "INSERT INTO journal_open VALUES (1, NULL)",
    "CREATE TABLE search_queue (item_id INTEGER PRIMARY KEY)",
    """CREATE VIRTUAL TABLE search USING fts5(
        title, creators, venue, abstract, tags, notes, quotes, comments, keys,
        tokenize = "unicode61 remove_diacritics 2")""",
)
VAULT_FILE_COLUMNS = ("id", "vault_id", "path", "kind", "item_id", "note", "base", "size", "mtime_ns")
"""What undoing a sync brings back of the files of a vault: their merge bases. No file is touched by it."""

# Which columns hold words, and where the row names its item.
_INDEXED: dict[str, tuple[str, tuple[str, ...]]] = {
    "items": ("id", ("citekey", "title", "title_short", "creators", "venue", "abstract", "trashed")),
    "item_tags": ("item_id", ("item_id", "tag")),
    "notes": ("item_id", ("item_id", "title", "body")),
    "annotations": ("item_id", ("item_id", "quote", "comment")),
}


@migrations()
def m001_create_tables(db: Database) -> None:
    """Items and what hangs on them, collections, events, vaults, the journal and the search index."""
    for statement in _TABLES:
        db.execute(statement)
    for table, columns in JOURNALED.items():
        create_journal_triggers(db, table, columns)
    db.execute(f"""CREATE TRIGGER events_journal_delete AFTER DELETE ON events
        WHEN (SELECT step FROM journal_open) IS NOT NULL BEGIN
        INSERT INTO journal_changes (step, tbl, op, row_id, old)
        VALUES ((SELECT step FROM journal_open), 'events', 'delete', OLD.id, {_image("OLD", EVENT_COLUMNS)}); END""")
    for table, (item, columns) in _INDEXED.items():
        create_queue_triggers(db, table, item, columns)


# Tables that the files of a vault are made from, with the columns that name an item.
_IN_VAULTS: dict[str, tuple[str, ...]] = {
    "items": ("id",),
    "aliases": ("item_id",),
    "relations": ("item_id", "other_id"),
    "entries": ("item_id",),
    "item_tags": ("item_id",),
    "annotations": ("item_id",),
    "attachments": ("item_id",),
    "events": ("item_id",),
    "collections": (),
    "views": (),
}


@migrations()
def m002_let_vaults_be_synced(db: Database) -> None:
    """Merge bases with a row id (undo brings them back), what changed since a sync, conflicts that wait."""
    db.execute("ALTER TABLE vaults ADD COLUMN synced TEXT NOT NULL DEFAULT ''")
    db.execute("ALTER TABLE vaults ADD COLUMN settings TEXT NOT NULL DEFAULT '{}'")
    db.execute("ALTER TABLE vault_files RENAME TO old_vault_files")
    db.execute("""CREATE TABLE vault_files (
        id INTEGER PRIMARY KEY, vault_id INTEGER NOT NULL REFERENCES vaults(id) ON DELETE CASCADE, path TEXT NOT NULL,
        kind TEXT NOT NULL, item_id INTEGER, note TEXT NOT NULL DEFAULT '', base TEXT NOT NULL, size INTEGER NOT NULL,
        mtime_ns INTEGER NOT NULL, UNIQUE (vault_id, path))""")
    db.execute("""INSERT INTO vault_files (vault_id, path, kind, item_id, base, size, mtime_ns)
        SELECT vault_id, path, kind, item_id, base, size, mtime_ns FROM old_vault_files""")
    db.execute("DROP TABLE old_vault_files")
    db.execute("CREATE INDEX vault_files_item ON vault_files (item_id) WHERE item_id IS NOT NULL")
    # What is asked of every file, without the pages that hold the texts.
    db.execute("CREATE INDEX vault_files_left ON vault_files (vault_id, path, size, mtime_ns, kind, item_id)")
    db.execute("""CREATE TABLE vault_queue (
        vault_id INTEGER NOT NULL REFERENCES vaults(id) ON DELETE CASCADE, item_id INTEGER NOT NULL,
        words INTEGER NOT NULL, PRIMARY KEY (vault_id, item_id, words)) WITHOUT ROWID""")
    db.execute("""CREATE TABLE vault_conflicts (
        vault_id INTEGER NOT NULL REFERENCES vaults(id) ON DELETE CASCADE, uid TEXT NOT NULL, path TEXT NOT NULL,
        item_id INTEGER, part TEXT NOT NULL, line INTEGER NOT NULL, base TEXT NOT NULL, mine TEXT NOT NULL,
        theirs TEXT NOT NULL, PRIMARY KEY (vault_id, uid)) WITHOUT ROWID""")
    create_journal_triggers(db, "vault_files", VAULT_FILE_COLUMNS)
    for table, columns in _IN_VAULTS.items():
        _create_vault_triggers(db, table, columns)
    _create_vault_triggers(db, "notes", ("item_id",))
    db.execute(f"""CREATE TRIGGER notes_vault_body AFTER UPDATE OF body ON notes
        WHEN OLD.body IS NOT NEW.body COLLATE BINARY BEGIN {_vault_queue("NEW.item_id", words=1)} END""")


INBOX_COLUMNS = (
    "id", "collection_id", "item_id", "kind", "title", "was_title", "section", "was_section", "position",
    "was_position", "at",
)  # fmt: skip
"""What undoing an update of a list brings back of its inbox."""


@migrations()
def m003_let_lists_live(db: Database) -> None:
    """What updates of lists brought, until it was seen; and which items the services are to be asked about."""
    db.execute("""CREATE TABLE inbox (
        id INTEGER PRIMARY KEY, collection_id INTEGER NOT NULL REFERENCES collections(id) ON DELETE CASCADE,
        item_id INTEGER REFERENCES items(id) ON DELETE SET NULL, kind TEXT NOT NULL, title TEXT NOT NULL,
        was_title TEXT NOT NULL, section TEXT NOT NULL, was_section TEXT NOT NULL, position INTEGER,
        was_position INTEGER, at TEXT NOT NULL)""")
    db.execute("CREATE INDEX inbox_collection ON inbox (collection_id, id)")
    db.execute("CREATE INDEX inbox_item ON inbox (item_id) WHERE item_id IS NOT NULL")
    db.execute("""CREATE TABLE fetch_queue (
        item_id INTEGER PRIMARY KEY REFERENCES items(id) ON DELETE CASCADE, state TEXT NOT NULL, at TEXT NOT NULL,
        tries INTEGER NOT NULL DEFAULT 0, message TEXT NOT NULL DEFAULT '')""")
    create_journal_triggers(db, "inbox", INBOX_COLUMNS)


@migrations()
def m004_keep_texts_of_pdfs(db: Database) -> None:
    """The pages of attached PDFs by the hash of the file, with their index: made from files, so never journaled."""
    db.execute("""CREATE TABLE pdf_texts (
        sha256 TEXT PRIMARY KEY, pages INTEGER NOT NULL, problem TEXT NOT NULL DEFAULT '') WITHOUT ROWID""")
    db.execute("""CREATE TABLE pdf_pages (
        id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL, page INTEGER NOT NULL, text BLOB NOT NULL,
        UNIQUE (sha256, page))""")
    db.execute("""CREATE VIRTUAL TABLE search_pages USING fts5(
        text, tokenize = "unicode61 remove_diacritics 2")""")
    db.execute("CREATE INDEX attachments_sha256 ON attachments (sha256) WHERE sha256 <> ''")


def _create_vault_triggers(db: Database, table: str, columns: tuple[str, ...]) -> None:
    """Triggers that note which items changed since a vault was synced; item 0 stands for all the pages."""
    watched = _IN_FILES.get(table) or JOURNALED[table]
    changed = " OR ".join(f"OLD.{column} IS NOT NEW.{column} COLLATE BINARY" for column in watched)
    for verb, rows, condition in (
        ("INSERT", ("NEW",), ""),
        ("DELETE", ("OLD",), ""),
        (f"UPDATE OF {', '.join(watched)}", ("OLD", "NEW"), f"WHEN {changed}"),
    ):
        named = dict.fromkeys(f"{row}.{column}" for column in columns for row in rows) or {"0": None}
        name = verb.partition(" ")[0].lower()
        statements = " ".join(_vault_queue(item) for item in named)
        db.execute(
            f"CREATE TRIGGER {table}_vault_{name} AFTER {verb} ON {table} {condition} BEGIN {statements} END"
        )


_IN_FILES: dict[str, tuple[str, ...]] = {
    "items": (
        *(column for column in JOURNALED["items"] if not column.endswith("_key")), "read_status", "rating", "page",
    ),
    "events": ("item_id", "retracted"),
    "notes": ("item_id", "title", "private", "created"),
}  # fmt: skip
"""Columns that the files of a vault say, where these are not those that undo keeps."""


def _vault_queue(item: str, words: int = 0) -> str:
    """Queue an item for every vault that is synced; ``words`` says that only the text of a note changed."""
    return f"""INSERT INTO vault_queue SELECT v.id, {item}, {words} FROM vaults v WHERE v.synced <> '' AND NOT EXISTS
        (SELECT 1 FROM vault_queue q WHERE q.vault_id = v.id AND q.item_id = {item} AND q.words = {words});"""


def create_journal_triggers(db: Database, table: str, columns: tuple[str, ...]) -> None:
    """Triggers that keep row images of a table's changes while an undo step is open."""
    is_open = "(SELECT step FROM journal_open) IS NOT NULL"
    keep = "INSERT INTO journal_changes (step, tbl, op, row_id, old) VALUES ((SELECT step FROM journal_open),"
    changed = " OR ".join(f"OLD.{column} IS NOT NEW.{column} COLLATE BINARY" for column in columns)
    db.execute(f"""CREATE TRIGGER {table}_journal_insert AFTER INSERT ON {table} WHEN {is_open} BEGIN
        {keep} '{table}', 'insert', NEW.id, NULL); END""")
    db.execute(f"""CREATE TRIGGER {table}_journal_update AFTER UPDATE OF {", ".join(columns)} ON {table}
        WHEN {is_open} AND ({changed}) BEGIN
        {keep} '{table}', 'update', OLD.id, {_image("OLD", columns)}); END""")
    db.execute(f"""CREATE TRIGGER {table}_journal_delete AFTER DELETE ON {table} WHEN {is_open} BEGIN
        {keep} '{table}', 'delete', OLD.id, {_image("OLD", columns)}); END""")


def create_queue_triggers(db: Database, table: str, item: str, columns: tuple[str, ...]) -> None:
    """Triggers that queue an item for the search index when words of a table change."""
    changed = " OR ".join(f"OLD.{column} IS NOT NEW.{column} COLLATE BINARY" for column in columns)
    old, new = _queue(f"OLD.{item}"), _queue(f"NEW.{item}")
    db.execute(f"CREATE TRIGGER {table}_queue_insert AFTER INSERT ON {table} BEGIN {new} END")
    db.execute(f"""CREATE TRIGGER {table}_queue_update AFTER UPDATE OF {", ".join(columns)} ON {table}
        WHEN {changed} BEGIN {old} {new} END""")
    db.execute(f"CREATE TRIGGER {table}_queue_delete AFTER DELETE ON {table} BEGIN {old} END")


def _queue(item: str) -> str:
    # Not INSERT OR IGNORE: inside a trigger the conflict rule of the outer statement would win.
    return f"INSERT INTO search_queue SELECT {item} WHERE NOT EXISTS (SELECT 1 FROM search_queue WHERE item_id = {item});"


def _image(row: str, columns: tuple[str, ...]) -> str:
    pairs = ", ".join(f"'{column}', {row}.{column}" for column in columns)
    return f"json_object({pairs})"
