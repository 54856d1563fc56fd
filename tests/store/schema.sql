-- index aliases_item
CREATE INDEX aliases_item ON aliases (item_id)

-- index annotations_item
CREATE INDEX annotations_item ON annotations (item_id, page)

-- index annotations_role
CREATE INDEX annotations_role ON annotations (role) WHERE role <> ''

-- index attachments_item
CREATE INDEX attachments_item ON attachments (item_id)

-- index attachments_sha256
CREATE INDEX attachments_sha256 ON attachments (sha256) WHERE sha256 <> ''

-- index entries_collection
CREATE INDEX entries_collection ON entries (collection_id, position)

-- index entries_item
CREATE INDEX entries_item ON entries (item_id)

-- index events_day
CREATE INDEX events_day ON events (day, recorded)

-- index events_item
CREATE INDEX events_item ON events (item_id, kind, day, recorded)

-- index events_retracts
CREATE INDEX events_retracts ON events (retracts) WHERE retracts IS NOT NULL

-- index events_step
CREATE INDEX events_step ON events (step)

-- index idx__sqlite_migrations_migration_set_name
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name" ON "_sqlite_migrations" ("migration_set", "name")

-- index inbox_collection
CREATE INDEX inbox_collection ON inbox (collection_id, id)

-- index inbox_item
CREATE INDEX inbox_item ON inbox (item_id) WHERE item_id IS NOT NULL

-- index item_tags_tag
CREATE INDEX item_tags_tag ON item_tags (tag, item_id)

-- index items_arxiv
CREATE INDEX items_arxiv ON items (arxiv COLLATE NOCASE) WHERE arxiv <> ''

-- index items_doi
CREATE INDEX items_doi ON items (doi COLLATE NOCASE) WHERE doi <> ''

-- index items_list_order
CREATE INDEX items_list_order ON items (trashed, list_order)

-- index items_match_key
CREATE INDEX items_match_key ON items (replace(title_key, ' ', ''))

-- index items_read_status
CREATE INDEX items_read_status ON items (read_status, trashed, list_order)

-- index items_rest_key
CREATE INDEX items_rest_key ON items (rest_key)

-- index items_short
CREATE INDEX items_short ON items (title_short COLLATE NOCASE) WHERE title_short <> ''

-- index items_title_key
CREATE INDEX items_title_key ON items (title_key)

-- index journal_changes_step
CREATE INDEX journal_changes_step ON journal_changes (step)

-- index relations_other
CREATE INDEX relations_other ON relations (other_id)

-- index vault_files_item
CREATE INDEX vault_files_item ON vault_files (item_id) WHERE item_id IS NOT NULL

-- index vault_files_left
CREATE INDEX vault_files_left ON vault_files (vault_id, path, size, mtime_ns, kind, item_id)

-- table aliases
CREATE TABLE aliases ( id INTEGER PRIMARY KEY, alias TEXT NOT NULL UNIQUE COLLATE NOCASE, item_id INTEGER NOT NULL REFERENCES items(id) ON DELETE CASCADE)

-- table annotations
CREATE TABLE annotations ( id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, item_id INTEGER NOT NULL REFERENCES items(id) ON DELETE CASCADE, kind TEXT NOT NULL, page INTEGER, page_label TEXT NOT NULL DEFAULT '', quote TEXT NOT NULL DEFAULT '', comment TEXT NOT NULL DEFAULT '', role TEXT NOT NULL DEFAULT '', color TEXT NOT NULL DEFAULT '', source TEXT NOT NULL DEFAULT 'manual', created TEXT NOT NULL, extra TEXT NOT NULL DEFAULT '{}')

-- table attachments
CREATE TABLE attachments ( id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, item_id INTEGER NOT NULL REFERENCES items(id) ON DELETE CASCADE, path TEXT NOT NULL, kind TEXT NOT NULL, title TEXT NOT NULL DEFAULT '', sha256 TEXT NOT NULL DEFAULT '', added TEXT NOT NULL, extra TEXT NOT NULL DEFAULT '{}')

-- table collections
CREATE TABLE collections ( id INTEGER PRIMARY KEY, slug TEXT NOT NULL UNIQUE COLLATE NOCASE, title TEXT NOT NULL, description TEXT NOT NULL DEFAULT '', source TEXT NOT NULL DEFAULT '', kind TEXT NOT NULL, position INTEGER NOT NULL, hidden INTEGER NOT NULL DEFAULT 0, sections TEXT NOT NULL DEFAULT '[]', extra TEXT NOT NULL DEFAULT '{}', created TEXT NOT NULL)

-- table editing
CREATE TABLE editing ( item_id INTEGER NOT NULL REFERENCES items(id) ON DELETE CASCADE, title TEXT NOT NULL DEFAULT '', process INTEGER NOT NULL, since TEXT NOT NULL, PRIMARY KEY (item_id, title, process)) WITHOUT ROWID

-- table entries
CREATE TABLE entries ( id INTEGER PRIMARY KEY, collection_id INTEGER NOT NULL REFERENCES collections(id) ON DELETE CASCADE, item_id INTEGER NOT NULL REFERENCES items(id) ON DELETE CASCADE, position INTEGER NOT NULL, section TEXT NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL, fields TEXT NOT NULL DEFAULT '{}')

-- table events
CREATE TABLE events ( id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, item_id INTEGER NOT NULL, kind TEXT NOT NULL, value TEXT NOT NULL DEFAULT '', page INTEGER, at TEXT NOT NULL, day TEXT NOT NULL, recorded TEXT NOT NULL, machine TEXT NOT NULL, retracts TEXT, retracted INTEGER NOT NULL DEFAULT 0, step INTEGER)

-- table fetch_queue
CREATE TABLE fetch_queue ( item_id INTEGER PRIMARY KEY REFERENCES items(id) ON DELETE CASCADE, state TEXT NOT NULL, at TEXT NOT NULL, tries INTEGER NOT NULL DEFAULT 0, message TEXT NOT NULL DEFAULT '')

-- table inbox
CREATE TABLE inbox ( id INTEGER PRIMARY KEY, collection_id INTEGER NOT NULL REFERENCES collections(id) ON DELETE CASCADE, item_id INTEGER REFERENCES items(id) ON DELETE SET NULL, kind TEXT NOT NULL, title TEXT NOT NULL, was_title TEXT NOT NULL, section TEXT NOT NULL, was_section TEXT NOT NULL, position INTEGER, was_position INTEGER, at TEXT NOT NULL)

-- table item_tags
CREATE TABLE item_tags ( id INTEGER PRIMARY KEY, item_id INTEGER NOT NULL REFERENCES items(id) ON DELETE CASCADE, tag TEXT NOT NULL COLLATE NOCASE, UNIQUE (item_id, tag))

-- table items
CREATE TABLE items ( id INTEGER PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL UNIQUE, citekey TEXT NOT NULL UNIQUE COLLATE NOCASE, type TEXT NOT NULL, title TEXT NOT NULL, title_short TEXT NOT NULL, creators TEXT NOT NULL, venue TEXT NOT NULL, year INTEGER, doi TEXT NOT NULL, arxiv TEXT NOT NULL, abstract TEXT NOT NULL, links TEXT NOT NULL, extra TEXT NOT NULL, private INTEGER NOT NULL DEFAULT 0, pages INTEGER, added TEXT NOT NULL, trashed TEXT NOT NULL DEFAULT '', locked TEXT NOT NULL DEFAULT '[]', title_key TEXT NOT NULL, rest_key TEXT NOT NULL, queue_place INTEGER, read_status TEXT NOT NULL DEFAULT 'unread', rating INTEGER, page INTEGER, list_order INTEGER NOT NULL DEFAULT 0)

-- table journal_changes
CREATE TABLE journal_changes ( id INTEGER PRIMARY KEY, step INTEGER NOT NULL REFERENCES journal_steps(id) ON DELETE CASCADE, tbl TEXT NOT NULL, op TEXT NOT NULL, row_id INTEGER NOT NULL, old TEXT, new TEXT)

-- table journal_open
CREATE TABLE journal_open (only INTEGER PRIMARY KEY CHECK (only = 1), step INTEGER)

-- table journal_steps
CREATE TABLE journal_steps ( id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, label TEXT NOT NULL, undone INTEGER NOT NULL DEFAULT 0, size INTEGER NOT NULL DEFAULT 0)

-- table meta
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID

-- table notes
CREATE TABLE notes ( id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, item_id INTEGER NOT NULL REFERENCES items(id) ON DELETE CASCADE, title TEXT NOT NULL DEFAULT '', body TEXT NOT NULL, private INTEGER NOT NULL DEFAULT 0, created TEXT NOT NULL, modified TEXT NOT NULL, UNIQUE (item_id, title))

-- table pdf_pages
CREATE TABLE pdf_pages ( id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL, page INTEGER NOT NULL, text BLOB NOT NULL, UNIQUE (sha256, page))

-- table pdf_texts
CREATE TABLE pdf_texts ( sha256 TEXT PRIMARY KEY, pages INTEGER NOT NULL, problem TEXT NOT NULL DEFAULT '') WITHOUT ROWID

-- table relations
CREATE TABLE relations ( id INTEGER PRIMARY KEY, item_id INTEGER NOT NULL REFERENCES items(id) ON DELETE CASCADE, other_id INTEGER NOT NULL REFERENCES items(id) ON DELETE CASCADE, kind TEXT NOT NULL, UNIQUE (item_id, other_id))

-- table search
CREATE VIRTUAL TABLE search USING fts5( title, creators, venue, abstract, tags, notes, quotes, comments, keys, tokenize = "unicode61 remove_diacritics 2")

-- table vault_conflicts
CREATE TABLE vault_conflicts ( vault_id INTEGER NOT NULL REFERENCES vaults(id) ON DELETE CASCADE, uid TEXT NOT NULL, path TEXT NOT NULL, item_id INTEGER, part TEXT NOT NULL, line INTEGER NOT NULL, base TEXT NOT NULL, mine TEXT NOT NULL, theirs TEXT NOT NULL, PRIMARY KEY (vault_id, uid)) WITHOUT ROWID

-- table vault_files
CREATE TABLE vault_files ( id INTEGER PRIMARY KEY, vault_id INTEGER NOT NULL REFERENCES vaults(id) ON DELETE CASCADE, path TEXT NOT NULL, kind TEXT NOT NULL, item_id INTEGER, note TEXT NOT NULL DEFAULT '', base TEXT NOT NULL, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, UNIQUE (vault_id, path))

-- table vault_queue
CREATE TABLE vault_queue ( vault_id INTEGER NOT NULL REFERENCES vaults(id) ON DELETE CASCADE, item_id INTEGER NOT NULL, words INTEGER NOT NULL, PRIMARY KEY (vault_id, item_id, words)) WITHOUT ROWID

-- table vaults
CREATE TABLE vaults ( id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, profile TEXT NOT NULL, created TEXT NOT NULL, synced TEXT NOT NULL DEFAULT '', settings TEXT NOT NULL DEFAULT '{}')

-- table views
CREATE TABLE views ( id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE COLLATE NOCASE, query TEXT NOT NULL, position INTEGER NOT NULL)

-- trigger aliases_journal_delete
CREATE TRIGGER aliases_journal_delete AFTER DELETE ON aliases WHEN (SELECT step FROM journal_open) IS NOT NULL BEGIN INSERT INTO journal_changes (step, tbl, op, row_id, old) VALUES ((SELECT step FROM journal_open), 'aliases', 'delete', OLD.id, json_object('id', OLD.id, 'alias', OLD.alias, 'item_id', OLD.item_id)); END

-- trigger aliases_journal_insert
CREATE TRIGGER aliases_journal_insert AFTER INSERT ON aliases WHEN (SELECT step FROM journal_open) IS NOT NULL BEGIN INSERT INTO journal_changes (step, tbl, op, row_id, old) VALUES ((SELECT step FROM journal_open), 'aliases', 'insert', NEW.id, NULL); END

-- trigger aliases_journal_update
CREATE TRIGGER aliases_journal_update AFTER UPDATE OF id, alias, item_id ON aliases WHEN (SELECT step FROM journal_open) IS NOT NULL AND (OLD.id IS NOT NEW.id COLLATE BINARY OR OLD.alias IS NOT NEW.alias COLLATE BINARY OR OLD.item_id IS NOT NEW.item_id COLLATE BINARY) BEGIN INSERT INTO journal_changes (step, tbl, op, row_id, old) VALUES ((SELECT step FROM journal_open), 'aliases', 'update', OLD.id, json_object('id', OLD.id, 'alias', OLD.alias, 'item_id', OLD.item_id)); END

-- trigger aliases_vault_delete
CREATE TRIGGER aliases_vault_delete AFTER DELETE ON aliases BEGIN INSERT INTO vault_queue SELECT v.id, OLD.item_id, 0 FROM vaults v WHERE v.synced <> '' AND NOT EXISTS (SELECT 1 FROM vault_queue q WHERE q.vault_id = v.id AND q.item_id = OLD.item_id AND q.words = 0); END

-- trigger aliases_vault_insert
CREATE TRIGGER aliases_vault_insert AFTER INSERT ON aliases BEGIN INSERT INTO vault_queue SELECT v.id, NEW.item_id, 0 FROM vaults v WHERE v.synced <> '' AND NOT EXISTS (SELECT 1 FROM vault_queue q WHERE q.vault_id = v.id AND q.item_id = NEW.item_id AND q.words = 0); END

-- trigger aliases_vault_update
CREATE TRIGGER aliases_vault_update AFTER UPDATE OF id, alias, item_id ON aliases WHEN OLD.id IS NOT NEW.id COLLATE BINARY OR OLD.alias IS NOT NEW.alias COLLATE BINARY OR OLD.item_id IS NOT NEW.item_id COLLATE BINARY BEGIN INSERT INTO vault_queue SELECT v.id, OLD.item_id, 0 FROM vaults v WHERE v.synced <> '' AND NOT EXISTS (SELECT 1 FROM vault_queue q WHERE q.vault_id = v.id AND q.item_id = OLD.item_id AND q.words = 0); INSERT INTO vault_queue SELECT v.id, NEW.item_id, 0 FROM vaults v WHERE v.synced <> '' AND NOT EXISTS (SELECT 1 FROM vault_queue q WHERE q.vault_id = v.id AND q.item_id = NEW.item_id AND q.words = 0); END

-- trigger annotations_journal_delete
CREATE TRIGGER annotations_journal_delete AFTER DELETE ON annotations WHEN (SELECT step FROM journal_open) IS NOT NULL BEGIN INSERT INTO journal_changes (step, tbl, op, row_id, old) VALUES ((SELECT step FROM journal_open), 'annotations', 'delete', OLD.id, json_object('id', OLD.id, 'uid', OLD.uid, 'item_id', OLD.item_id, 'kind', OLD.kind, 'page', OLD.page, 'page_label', OLD.page_label, 'quote', OLD.quote, 'comment', OLD.comment, 'role', OLD.role, 'color', OLD.color, 'source', OLD.source, 'created', OLD.created, 'extra', OLD.extra)); END

-- trigger annotations_journal_insert
CREATE TRIGGER annotations_journal_insert AFTER INSERT ON annotations WHEN (SELECT step FROM journal_open) IS NOT NULL BEGIN INSERT INTO journal_changes (step, tbl, op, row_id, old) VALUES ((SELECT step FROM journal_open), 'annotations', 'insert', NEW.id, NULL); END

-- trigger annotations_journal_update
CREATE TRIGGER annotations_journal_update AFTER UPDATE OF id, uid, item_id, kind, page, page_label, quote, comment, role, color, source, created, extra ON annotations WHEN (SELECT step FROM journal_open) IS NOT NULL AND (OLD.id IS NOT NEW.id COLLATE BINARY OR OLD.uid IS NOT NEW.uid COLLATE BINARY OR OLD.item_id IS NOT NEW.item_id COLLATE BINARY OR OLD.kind IS NOT NEW.kind COLLATE BINARY OR OLD.page IS NOT NEW.page COLLATE BINARY OR OLD.page_label IS NOT NEW.page_label COLLATE BINARY OR OLD.quote IS NOT NEW.quote COLLATE BINARY OR OLD.comment IS NOT NEW.comment COLLATE BINARY OR OLD.role IS NOT NEW.role COLLATE BINARY OR OLD.color IS NOT NEW.color COLLATE BINARY OR OLD.source IS NOT NEW.source COLLATE BINARY OR OLD.created IS NOT NEW.created COLLATE BINARY OR OLD.extra IS NOT NEW.extra COLLATE BINARY) BEGIN INSERT INTO journal_changes (step, tbl, op, row_id, old) VALUES ((SELECT step FROM journal_open), 'annotations', 'update', OLD.id, json_object('id', OLD.id, 'uid', OLD.uid, 'item_id', OLD.item_id, 'kind', OLD.kind, 'page', OLD.page, 'page_label', OLD.page_label, 'quote', OLD.quote, 'comment', OLD.comment, 'role', OLD.role, 'color', OLD.color, 'source', OLD.source, 'created', OLD.created, 'extra', OLD.extra)); END

-- trigger annotations_queue_delete
CREATE TRIGGER annotations_queue_delete AFTER DELETE ON annotations BEGIN INSERT INTO search_queue SELECT OLD.item_id WHERE NOT EXISTS (SELECT 1 FROM search_queue WHERE item_id = OLD.item_id); END

-- trigger annotations_queue_insert
CREATE TRIGGER annotations_queue_insert AFTER INSERT ON annotations BEGIN INSERT INTO search_queue SELECT NEW.item_id WHERE NOT EXISTS (SELECT 1 FROM search_queue WHERE item_id = NEW.item_id); END

-- trigger annotations_queue_update
CREATE TRIGGER annotations_queue_update AFTER UPDATE OF item_id, quote, comment ON annotations WHEN OLD.item_id IS NOT NEW.item_id COLLATE BINARY OR OLD.quote IS NOT NEW.quote COLLATE BINARY OR OLD.comment IS NOT NEW.comment COLLATE BINARY BEGIN INSERT INTO search_queue SELECT OLD.item_id WHERE NOT EXISTS (SELECT 1 FROM search_queue WHERE item_id = OLD.item_id); INSERT INTO search_queue SELECT NEW.item_id WHERE NOT EXISTS (SELECT 1 FROM search_queue WHERE item_id = NEW.item_id); END

-- trigger annotations_vault_delete
CREATE TRIGGER annotations_vault_delete AFTER DELETE ON annotations BEGIN INSERT INTO vault_queue SELECT v.id, OLD.item_id, 0 FROM vaults v WHERE v.synced <> '' AND NOT EXISTS (SELECT 1 FROM vault_queue q WHERE q.vault_id = v.id AND q.item_id = OLD.item_id AND q.words = 0); END

-- trigger annotations_vault_insert
CREATE TRIGGER annotations_vault_insert AFTER INSERT ON annotations BEGIN INSERT INTO vault_queue SELECT v.id, NEW.item_id, 0 FROM vaults v WHERE v.synced <> '' AND NOT EXISTS (SELECT 1 FROM vault_queue q WHERE q.vault_id = v.id AND q.item_id = NEW.item_id AND q.words = 0); END

-- trigger annotations_vault_update
CREATE TRIGGER annotations_vault_update AFTER UPDATE OF id, uid, item_id, kind, page, page_label, quote, comment, role, color, source, created, extra ON annotations WHEN OLD.id IS NOT NEW.id COLLATE BINARY OR OLD.uid IS NOT NEW.uid COLLATE BINARY OR OLD.item_id IS NOT NEW.item_id COLLATE BINARY OR OLD.kind IS NOT NEW.kind COLLATE BINARY OR OLD.page IS NOT NEW.page COLLATE BINARY OR OLD.page_label IS NOT NEW.page_label COLLATE BINARY OR OLD.quote IS NOT NEW.quote COLLATE BINARY OR OLD.comment IS NOT NEW.comment COLLATE BINARY OR OLD.role IS NOT NEW.role COLLATE BINARY OR OLD.color IS NOT NEW.color COLLATE BINARY OR OLD.source IS NOT NEW.source COLLATE BINARY OR OLD.created IS NOT NEW.created COLLATE BINARY OR OLD.extra IS NOT NEW.extra COLLATE BINARY BEGIN INSERT INTO vault_queue SELECT v.id, OLD.item_id, 0 FROM vaults v WHERE v.synced <> '' AND NOT EXISTS (SELECT 1 FROM vault_queue q WHERE q.vault_id = v.id AND q.item_id = OLD.item_id AND q.words = 0); INSERT INTO vault_queue SELECT v.id, NEW.item_id, 0 FROM vaults v WHERE v.synced <> '' AND NOT EXISTS (SELECT 1 FROM vault_queue q WHERE q.vault_id = v.id AND q.item_id = NEW.item_id AND q.words = 0); END

-- trigger attachments_journal_delete
CREATE TRIGGER attachments_journal_delete AFTER DELETE ON attachments WHEN (SELECT step FROM journal_open) IS NOT NULL BEGIN INSERT INTO journal_changes (step, tbl, op, row_id, old) VALUES ((SELECT step FROM journal_open), 'attachments', 'delete', OLD.id, json_object('id', OLD.id, 'uid', OLD.uid, 'item_id', OLD.item_id, 'path', OLD.path, 'kind', OLD.kind, 'title', OLD.title, 'sha256', OLD.sha256, 'added', OLD.added, 'extra', OLD.extra)); END

-- trigger attachments_journal_insert
CREATE TRIGGER attachments_journal_insert AFTER INSERT ON attachments WHEN (SELECT step FROM journal_open) IS NOT NULL BEGIN INSERT INTO journal_changes (step, tbl, op, row_id, old) VALUES ((SELECT step FROM journal_open), 'attachments', 'insert', NEW.id, NULL); END

-- trigger attachments_journal_update
CREATE TRIGGER attachments_journal_update AFTER UPDATE OF id, uid, item_id, path, kind, title, sha256, added, extra ON attachments WHEN (SELECT step FROM journal_open) IS NOT NULL AND (OLD.id IS NOT NEW.id COLLATE BINARY OR OLD.uid IS NOT NEW.uid COLLATE BINARY OR OLD.item_id IS NOT NEW.item_id COLLATE BINARY OR OLD.path IS NOT NEW.path COLLATE BINARY OR OLD.kind IS NOT NEW.kind COLLATE BINARY OR OLD.title IS NOT NEW.title COLLATE BINARY OR OLD.sha256 IS NOT NEW.sha256 COLLATE BINARY OR OLD.added IS NOT NEW.added COLLATE BINARY OR OLD.extra IS NOT NEW.extra COLLATE BINARY) BEGIN INSERT INTO journal_changes (step, tbl, op, row_id, old) VALUES ((SELECT step FROM journal_open), 'attachments', 'update', OLD.id, json_object('id', OLD.id, 'uid', OLD.uid, 'item_id', OLD.item_id, 'path', OLD.path, 'kind', OLD.kind, 'title', OLD.title, 'sha256', OLD.sha256, 'added', OLD.added, 'extra', OLD.extra)); END

-- trigger attachments_vault_delete
CREATE TRIGGER attachments_vault_delete AFTER DELETE ON attachments BEGIN INSERT INTO vault_queue SELECT v.id, OLD.item_id, 0 FROM vaults v WHERE v.synced <> '' AND NOT EXISTS (SELECT 1 FROM vault_queue q WHERE q.vault_id = v.id AND q.item_id = OLD.item_id AND q.words = 0); END

-- trigger attachments_vault_insert
CREATE TRIGGER attachments_vault_insert AFTER INSERT ON attachments BEGIN INSERT INTO vault_queue SELECT v.id, NEW.item_id, 0 FROM vaults v WHERE v.synced <> '' AND NOT EXISTS (SELECT 1 FROM vault_queue q WHERE q.vault_id = v.id AND q.item_id = NEW.item_id AND q.words = 0); END

-- trigger attachments_vault_update
CREATE TRIGGER attachments_vault_update AFTER UPDATE OF id, uid, item_id, path, kind, title, sha256, added, extra ON attachments WHEN OLD.id IS NOT NEW.id COLLATE BINARY OR OLD.uid IS NOT NEW.uid COLLATE BINARY OR OLD.item_id IS NOT NEW.item_id COLLATE BINARY OR OLD.path IS NOT NEW.path COLLATE BINARY OR OLD.kind IS NOT NEW.kind COLLATE BINARY OR OLD.title IS NOT NEW.title COLLATE BINARY OR OLD.sha256 IS NOT NEW.sha256 COLLATE BINARY OR OLD.added IS NOT NEW.added COLLATE BINARY OR OLD.extra IS NOT NEW.extra COLLATE BINARY BEGIN INSERT INTO vault_queue SELECT v.id, OLD.item_id, 0 FROM vaults v WHERE v.synced <> '' AND NOT EXISTS (SELECT 1 FROM vault_queue q WHERE q.vault_id = v.id AND q.item_id = OLD.item_id AND q.words = 0); INSERT INTO vault_queue SELECT v.id, NEW.item_id, 0 FROM vaults v WHERE v.synced <> '' AND NOT EXISTS (SELECT 1 FROM vault_queue q WHERE q.vault_id = v.id AND q.item_id = NEW.item_id AND q.words = 0); END

-- trigger collections_journal_delete
CREATE TRIGGER collections_journal_delete AFTER DELETE ON collections WHEN (SELECT step FROM journal_open) IS NOT NULL BEGIN INSERT INTO journal_changes (step, tbl, op, row_id, old) VALUES ((SELECT step FROM journal_open), 'collections', 'delete', OLD.id, json_object('id', OLD.id, 'slug', OLD.slug, 'title', OLD.title, 'description', OLD.description, 'source', OLD.source, 'kind', OLD.kind, 'position', OLD.position, 'hidden', OLD.hidden, 'sections', OLD.sections, 'extra', OLD.extra, 'created', OLD.created)); END

-- trigger collections_journal_insert
CREATE TRIGGER collections_journal_insert AFTER INSERT ON collections WHEN (SELECT step FROM journal_open) IS NOT NULL BEGIN INSERT INTO journal_changes (step, tbl, op, row_id, old) VALUES ((SELECT step FROM journal_open), 'collections', 'insert', NEW.id, NULL); END

-- trigger collections_journal_update
CREATE TRIGGER collections_journal_update AFTER UPDATE OF id, slug, title, description, source, kind, position, hidden, sections, extra, created ON collections WHEN (SELECT step FROM journal_open) IS NOT NULL AND (OLD.id IS NOT NEW.id COLLATE BINARY OR OLD.slug IS NOT NEW.slug COLLATE BINARY OR OLD.title IS NOT NEW.title COLLATE BINARY OR OLD.description IS NOT NEW.description COLLATE BINARY OR OLD.source IS NOT NEW.source COLLATE BINARY OR OLD.kind IS NOT NEW.kind COLLATE BINARY OR OLD.position IS NOT NEW.position COLLATE BINARY OR OLD.hidden IS NOT NEW.hidden COLLATE BINARY OR OLD.sections IS NOT NEW.sections COLLATE BINARY OR OLD.extra IS NOT NEW.extra COLLATE BINARY OR OLD.created IS NOT NEW.created COLLATE BINARY) BEGIN INSERT INTO journal_changes (step, tbl, op, row_id, old) VALUES ((SELECT step FROM journal_open), 'collections', 'update', OLD.id, json_object('id', OLD.id, 'slug', OLD.slug, 'title', OLD.title, 'description', OLD.description, 'source', OLD.source, 'kind', OLD.kind, 'position', OLD.position, 'hidden', OLD.hidden, 'sections', OLD.sections, 'extra', OLD.extra, 'created', OLD.created)); END

-- trigger collections_vault_delete
CREATE TRIGGER collections_vault_delete AFTER DELETE ON collections BEGIN INSERT INTO vault_queue SELECT v.id, 0, 0 FROM vaults v WHERE v.synced <> '' AND NOT EXISTS (SELECT 1 FROM vault_queue q WHERE q.vault_id = v.id AND q.item_id = 0 AND q.words = 0); END

-- trigger collections_vault_insert
CREATE TRIGGER collections_vault_insert AFTER INSERT ON collections BEGIN INSERT INTO vault_queue SELECT v.id, 0, 0 FROM vaults v WHERE v.synced <> '' AND NOT EXISTS (SELECT 1 FROM vault_queue q WHERE q.vault_id = v.id AND q.item_id = 0 AND q.words = 0); END

-- trigger collections_vault_update
CREATE TRIGGER collections_vault_update AFTER UPDATE OF id, slug, title, description, source, kind, position, hidden, sections, extra, created ON collections WHEN OLD.id IS NOT NEW.id COLLATE BINARY OR OLD.slug IS NOT NEW.slug COLLATE BINARY OR OLD.title IS NOT NEW.title COLLATE BINARY OR OLD.description IS NOT NEW.description COLLATE BINARY OR OLD.source IS NOT NEW.source COLLATE BINARY OR OLD.kind IS NOT NEW.kind COLLATE BINARY OR OLD.position IS NOT NEW.position COLLATE BINARY OR OLD.hidden IS NOT NEW.hidden COLLATE BINARY OR OLD.sections IS NOT NEW.sections COLLATE BINARY OR OLD.extra IS NOT NEW.extra COLLATE BINARY OR OLD.created IS NOT NEW.created COLLATE BINARY BEGIN INSERT INTO vault_queue SELECT v.id, 0, 0 FROM vaults v WHERE v.synced <> '' AND NOT EXISTS (SELECT 1 FROM vault_queue q WHERE q.vault_id = v.id AND q.item_id = 0 AND q.words = 0); END

-- trigger entries_journal_delete
CREATE TRIGGER entries_journal_delete AFTER DELETE ON entries WHEN (SELECT step FROM journal_open) IS NOT NULL BEGIN INSERT INTO journal_changes (step, tbl, op, row_id, old) VALUES ((SELECT step FROM journal_open), 'entries', 'delete', OLD.id, json_object('id', OLD.id, 'collection_id', OLD.collection_id, 'item_id', OLD.item_id, 'position', OLD.position, 'section', OLD.section, 'title', OLD.title, 'text', OLD.text, 'fields', OLD.fields)); END

-- trigger entries_journal_insert
CREATE TRIGGER entries_journal_insert AFTER INSERT ON entries WHEN (SELECT step FROM journal_open) IS NOT NULL BEGIN INSERT INTO journal_changes (step, tbl, op, row_id, old) VALUES ((SELECT step FROM journal_open), 'entries', 'insert', NEW.id, NULL); END

-- trigger entries_journal_update
CREATE TRIGGER entries_journal_update AFTER UPDATE OF id, collection_id, item_id, position, section, title, text, fields ON entries WHEN (SELECT step FROM journal_open) IS NOT NULL AND (OLD.id IS NOT NEW.id COLLATE BINARY OR OLD.collection_id IS NOT NEW.collection_id COLLATE BINARY OR OLD.item_id IS NOT NEW.item_id COLLATE BINARY OR OLD.position IS NOT NEW.position COLLATE BINARY OR OLD.section IS NOT NEW.section COLLATE BINARY OR OLD.title IS NOT NEW.title COLLATE BINARY OR OLD.text IS NOT NEW.text COLLATE BINARY OR OLD.fields IS NOT NEW.fields COLLATE BINARY) BEGIN INSERT INTO journal_changes (step, tbl, op, row_id, old) VALUES ((SELECT step FROM journal_open), 'entries', 'update', OLD.id, json_object('id', OLD.id, 'collection_id', OLD.collection_id, 'item_id', OLD.item_id, 'position', OLD.position, 'section', OLD.section, 'title', OLD.title, 'text', OLD.text, 'fields', OLD.fields)); END

-- trigger entries_vault_delete
CREATE TRIGGER entries_vault_delete AFTER DELETE ON entries BEGIN INSERT INTO vault_queue SELECT v.id, OLD.item_id, 0 FROM vaults v WHERE v.synced <> '' AND NOT EXISTS (SELECT 1 FROM vault_queue q WHERE q.vault_id = v.id AND q.item_id = OLD.item_id AND q.words = 0); END

-- trigger entries_vault_insert
CREATE TRIGGER entries_vault_insert AFTER INSERT ON entries BEGIN INSERT INTO vault_queue SELECT v.id, NEW.item_id, 0 FROM vaults v WHERE v.synced <> '' AND NOT EXISTS (SELECT 1 FROM vault_queue q WHERE q.vault_id = v.id AND q.item_id = NEW.item_id AND q.words = 0); END

-- trigger entries_vault_update
CREATE TRIGGER entries_vault_update AFTER UPDATE OF id, collection_id, item_id, position, section, title, text, fields ON entries WHEN OLD.id IS NOT NEW.id COLLATE BINARY OR OLD.collection_id IS NOT NEW.collection_id COLLATE BINARY OR OLD.item_id IS NOT NEW.item_id COLLATE BINARY OR OLD.position IS NOT NEW.position COLLATE BINARY OR OLD.section IS NOT NEW.section COLLATE BINARY OR OLD.title IS NOT NEW.title COLLATE BINARY OR OLD.text IS NOT NEW.text COLLATE BINARY OR OLD.fields IS NOT NEW.fields COLLATE BINARY BEGIN INSERT INTO vault_queue SELECT v.id, OLD.item_id, 0 FROM vaults v WHERE v.synced <> '' AND NOT EXISTS (SELECT 1 FROM vault_queue q WHERE q.vault_id = v.id AND q.item_id = OLD.item_id AND q.words = 0); INSERT INTO vault_queue SELECT v.id, NEW.item_id, 0 FROM vaults v WHERE v.synced <> '' AND NOT EXISTS (SELECT 1 FROM vault_queue q WHERE q.vault_id = v.id AND q.item_id = NEW.item_id AND q.words = 0); END

-- trigger events_journal_delete
CREATE TRIGGER events_journal_delete AFTER DELETE ON events WHEN (SELECT step FROM journal_open) IS NOT NULL BEGIN INSERT INTO journal_changes (step, tbl, op, row_id, old) VALUES ((SELECT step FROM journal_open), 'events', 'delete', OLD.id, json_object('id', OLD.id, 'uid', OLD.uid, 'item_id', OLD.item_id, 'kind', OLD.kind, 'value', OLD.value, 'page', OLD.page, 'at', OLD.at, 'day', OLD.day, 'recorded', OLD.recorded, 'machine', OLD.machine, 'retracts', OLD.retracts, 'retracted', OLD.retracted, 'step', OLD.step)); END

-- trigger events_vault_delete
CREATE TRIGGER events_vault_delete AFTER DELETE ON events BEGIN INSERT INTO vault_queue SELECT v.id, OLD.item_id, 0 FROM vaults v WHERE v.synced <> '' AND NOT EXISTS (SELECT 1 FROM vault_queue q WHERE q.vault_id = v.id AND q.item_id = OLD.item_id AND q.words = 0); END

-- trigger events_vault_insert
CREATE TRIGGER events_vault_insert AFTER INSERT ON events BEGIN INSERT INTO vault_queue SELECT v.id, NEW.item_id, 0 FROM vaults v WHERE v.synced <> '' AND NOT EXISTS (SELECT 1 FROM vault_queue q WHERE q.vault_id = v.id AND q.item_id = NEW.item_id AND q.words = 0); END

-- trigger events_vault_update
CREATE TRIGGER events_vault_update AFTER UPDATE OF item_id, retracted ON events WHEN OLD.item_id IS NOT NEW.item_id COLLATE BINARY OR OLD.retracted IS NOT NEW.retracted COLLATE BINARY BEGIN INSERT INTO vault_queue SELECT v.id, OLD.item_id, 0 FROM vaults v WHERE v.synced <> '' AND NOT EXISTS (SELECT 1 FROM vault_queue q WHERE q.vault_id = v.id AND q.item_id = OLD.item_id AND q.words = 0); INSERT INTO vault_queue SELECT v.id, NEW.item_id, 0 FROM vaults v WHERE v.synced <> '' AND NOT EXISTS (SELECT 1 FROM vault_queue q WHERE q.vault_id = v.id AND q.item_id = NEW.item_id AND q.words = 0); END

-- trigger inbox_journal_delete
CREATE TRIGGER inbox_journal_delete AFTER DELETE ON inbox WHEN (SELECT step FROM journal_open) IS NOT NULL BEGIN INSERT INTO journal_changes (step, tbl, op, row_id, old) VALUES ((SELECT step FROM journal_open), 'inbox', 'delete', OLD.id, json_object('id', OLD.id, 'collection_id', OLD.collection_id, 'item_id', OLD.item_id, 'kind', OLD.kind, 'title', OLD.title, 'was_title', OLD.was_title, 'section', OLD.section, 'was_section', OLD.was_section, 'position', OLD.position, 'was_position', OLD.was_position, 'at', OLD.at)); END

-- trigger inbox_journal_insert
CREATE TRIGGER inbox_journal_insert AFTER INSERT ON inbox WHEN (SELECT step FROM journal_open) IS NOT NULL BEGIN INSERT INTO journal_changes (step, tbl, op, row_id, old) VALUES ((SELECT step FROM journal_open), 'inbox', 'insert', NEW.id, NULL); END

-- trigger inbox_journal_update
CREATE TRIGGER inbox_journal_update AFTER UPDATE OF id, collection_id, item_id, kind, title, was_title, section, was_section, position, was_position, at ON inbox WHEN (SELECT step FROM journal_open) IS NOT NULL AND (OLD.id IS NOT NEW.id COLLATE BINARY OR OLD.collection_id IS NOT NEW.collection_id COLLATE BINARY OR OLD.item_id IS NOT NEW.item_id COLLATE BINARY OR OLD.kind IS NOT NEW.kind COLLATE BINARY OR OLD.title IS NOT NEW.title COLLATE BINARY OR OLD.was_title IS NOT NEW.was_title COLLATE BINARY OR OLD.section IS NOT NEW.section COLLATE BINARY OR OLD.was_section IS NOT NEW.was_section COLLATE BINARY OR OLD.position IS NOT NEW.position COLLATE BINARY OR OLD.was_position IS NOT NEW.was_position COLLATE BINARY OR OLD.at IS NOT NEW.at COLLATE BINARY) BEGIN INSERT INTO journal_changes (step, tbl, op, row_id, old) VALUES ((SELECT step FROM journal_open), 'inbox', 'update', OLD.id, json_object('id', OLD.id, 'collection_id', OLD.collection_id, 'item_id', OLD.item_id, 'kind', OLD.kind, 'title', OLD.title, 'was_title', OLD.was_title, 'section', OLD.section, 'was_section', OLD.was_section, 'position', OLD.position, 'was_position', OLD.was_position, 'at', OLD.at)); END

-- trigger item_tags_journal_delete
CREATE TRIGGER item_tags_journal_delete AFTER DELETE ON item_tags WHEN (SELECT step FROM journal_open) IS NOT NULL BEGIN INSERT INTO journal_changes (step, tbl, op, row_id, old) VALUES ((SELECT step FROM journal_open), 'item_tags', 'delete', OLD.id, json_object('id', OLD.id, 'item_id', OLD.item_id, 'tag', OLD.tag)); END

-- trigger item_tags_journal_insert
CREATE TRIGGER item_tags_journal_insert AFTER INSERT ON item_tags WHEN (SELECT step FROM journal_open) IS NOT NULL BEGIN INSERT INTO journal_changes (step, tbl, op, row_id, old) VALUES ((SELECT step FROM journal_open), 'item_tags', 'insert', NEW.id, NULL); END

-- trigger item_tags_journal_update
CREATE TRIGGER item_tags_journal_update AFTER UPDATE OF id, item_id, tag ON item_tags WHEN (SELECT step FROM journal_open) IS NOT NULL AND (OLD.id IS NOT NEW.id COLLATE BINARY OR OLD.item_id IS NOT NEW.item_id COLLATE BINARY OR OLD.tag IS NOT NEW.tag COLLATE BINARY) BEGIN INSERT INTO journal_changes (step, tbl, op, row_id, old) VALUES ((SELECT step FROM journal_open), 'item_tags', 'update', OLD.id, json_object('id', OLD.id, 'item_id', OLD.item_id, 'tag', OLD.tag)); END

-- trigger item_tags_queue_delete
CREATE TRIGGER item_tags_queue_delete AFTER DELETE ON item_tags BEGIN INSERT INTO search_queue SELECT OLD.item_id WHERE NOT EXISTS (SELECT 1 FROM search_queue WHERE item_id = OLD.item_id); END

-- trigger item_tags_queue_insert
CREATE TRIGGER item_tags_queue_insert AFTER INSERT ON item_tags BEGIN INSERT INTO search_queue SELECT NEW.item_id WHERE NOT EXISTS (SELECT 1 FROM search_queue WHERE item_id = NEW.item_id); END

-- trigger item_tags_queue_update
CREATE TRIGGER item_tags_queue_update AFTER UPDATE OF item_id, tag ON item_tags WHEN OLD.item_id IS NOT NEW.item_id COLLATE BINARY OR OLD.tag IS NOT NEW.tag COLLATE BINARY BEGIN INSERT INTO search_queue SELECT OLD.item_id WHERE NOT EXISTS (SELECT 1 FROM search_queue WHERE item_id = OLD.item_id); INSERT INTO search_queue SELECT NEW.item_id WHERE NOT EXISTS (SELECT 1 FROM search_queue WHERE item_id = NEW.item_id); END

-- trigger item_tags_vault_delete
CREATE TRIGGER item_tags_vault_delete AFTER DELETE ON item_tags BEGIN INSERT INTO vault_queue SELECT v.id, OLD.item_id, 0 FROM vaults v WHERE v.synced <> '' AND NOT EXISTS (SELECT 1 FROM vault_queue q WHERE q.vault_id = v.id AND q.item_id = OLD.item_id AND q.words = 0); END

-- trigger item_tags_vault_insert
CREATE TRIGGER item_tags_vault_insert AFTER INSERT ON item_tags BEGIN INSERT INTO vault_queue SELECT v.id, NEW.item_id, 0 FROM vaults v WHERE v.synced <> '' AND NOT EXISTS (SELECT 1 FROM vault_queue q WHERE q.vault_id = v.id AND q.item_id = NEW.item_id AND q.words = 0); END

-- trigger item_tags_vault_update
CREATE TRIGGER item_tags_vault_update AFTER UPDATE OF id, item_id, tag ON item_tags WHEN OLD.id IS NOT NEW.id COLLATE BINARY OR OLD.item_id IS NOT NEW.item_id COLLATE BINARY OR OLD.tag IS NOT NEW.tag COLLATE BINARY BEGIN INSERT INTO vault_queue SELECT v.id, OLD.item_id, 0 FROM vaults v WHERE v.synced <> '' AND NOT EXISTS (SELECT 1 FROM vault_queue q WHERE q.vault_id = v.id AND q.item_id = OLD.item_id AND q.words = 0); INSERT INTO vault_queue SELECT v.id, NEW.item_id, 0 FROM vaults v WHERE v.synced <> '' AND NOT EXISTS (SELECT 1 FROM vault_queue q WHERE q.vault_id = v.id AND q.item_id = NEW.item_id AND q.words = 0); END

-- trigger items_journal_delete
CREATE TRIGGER items_journal_delete AFTER DELETE ON items WHEN (SELECT step FROM journal_open) IS NOT NULL BEGIN INSERT INTO journal_changes (step, tbl, op, row_id, old) VALUES ((SELECT step FROM journal_open), 'items', 'delete', OLD.id, json_object('id', OLD.id, 'uid', OLD.uid, 'citekey', OLD.citekey, 'type', OLD.type, 'title', OLD.title, 'title_short', OLD.title_short, 'creators', OLD.creators, 'venue', OLD.venue, 'year', OLD.year, 'doi', OLD.doi, 'arxiv', OLD.arxiv, 'abstract', OLD.abstract, 'links', OLD.links, 'extra', OLD.extra, 'private', OLD.private, 'pages', OLD.pages, 'added', OLD.added, 'trashed', OLD.trashed, 'locked', OLD.locked, 'title_key', OLD.title_key, 'rest_key', OLD.rest_key, 'queue_place', OLD.queue_place)); END

-- trigger items_journal_insert
CREATE TRIGGER items_journal_insert AFTER INSERT ON items WHEN (SELECT step FROM journal_open) IS NOT NULL BEGIN INSERT INTO journal_changes (step, tbl, op, row_id, old) VALUES ((SELECT step FROM journal_open), 'items', 'insert', NEW.id, NULL); END

-- trigger items_journal_update
CREATE TRIGGER items_journal_update AFTER UPDATE OF id, uid, citekey, type, title, title_short, creators, venue, year, doi, arxiv, abstract, links, extra, private, pages, added, trashed, locked, title_key, rest_key, queue_place ON items WHEN (SELECT step FROM journal_open) IS NOT NULL AND (OLD.id IS NOT NEW.id COLLATE BINARY OR OLD.uid IS NOT NEW.uid COLLATE BINARY OR OLD.citekey IS NOT NEW.citekey COLLATE BINARY OR OLD.type IS NOT NEW.type COLLATE BINARY OR OLD.title IS NOT NEW.title COLLATE BINARY OR OLD.title_short IS NOT NEW.title_short COLLATE BINARY OR OLD.creators IS NOT NEW.creators COLLATE BINARY OR OLD.venue IS NOT NEW.venue COLLATE BINARY OR OLD.year IS NOT NEW.year COLLATE BINARY OR OLD.doi IS NOT NEW.doi COLLATE BINARY OR OLD.arxiv IS NOT NEW.arxiv COLLATE BINARY OR OLD.abstract IS NOT NEW.abstract COLLATE BINARY OR OLD.links IS NOT NEW.links COLLATE BINARY OR OLD.extra IS NOT NEW.extra COLLATE BINARY OR OLD.private IS NOT NEW.private COLLATE BINARY OR OLD.pages IS NOT NEW.pages COLLATE BINARY OR OLD.added IS NOT NEW.added COLLATE BINARY OR OLD.trashed IS NOT NEW.trashed COLLATE BINARY OR OLD.locked IS NOT NEW.locked COLLATE BINARY OR OLD.title_key IS NOT NEW.title_key COLLATE BINARY OR OLD.rest_key IS NOT NEW.rest_key COLLATE BINARY OR OLD.queue_place IS NOT NEW.queue_place COLLATE BINARY) BEGIN INSERT INTO journal_changes (step, tbl, op, row_id, old) VALUES ((SELECT step FROM journal_open), 'items', 'update', OLD.id, json_object('id', OLD.id, 'uid', OLD.uid, 'citekey', OLD.citekey, 'type', OLD.type, 'title', OLD.title, 'title_short', OLD.title_short, 'creators', OLD.creators, 'venue', OLD.venue, 'year', OLD.year, 'doi', OLD.doi, 'arxiv', OLD.arxiv, 'abstract', OLD.abstract, 'links', OLD.links, 'extra', OLD.extra, 'private', OLD.private, 'pages', OLD.pages, 'added', OLD.added, 'trashed', OLD.trashed, 'locked', OLD.locked, 'title_key', OLD.title_key, 'rest_key', OLD.rest_key, 'queue_place', OLD.queue_place)); END

-- trigger items_queue_delete
CREATE TRIGGER items_queue_delete AFTER DELETE ON items BEGIN INSERT INTO search_queue SELECT OLD.id WHERE NOT EXISTS (SELECT 1 FROM search_queue WHERE item_id = OLD.id); END

-- trigger items_queue_insert
CREATE TRIGGER items_queue_insert AFTER INSERT ON items BEGIN INSERT INTO search_queue SELECT NEW.id WHERE NOT EXISTS (SELECT 1 FROM search_queue WHERE item_id = NEW.id); END

-- trigger items_queue_update
CREATE TRIGGER items_queue_update AFTER UPDATE OF citekey, title, title_short, creators, venue, abstract, trashed ON items WHEN OLD.citekey IS NOT NEW.citekey COLLATE BINARY OR OLD.title IS NOT NEW.title COLLATE BINARY OR OLD.title_short IS NOT NEW.title_short COLLATE BINARY OR OLD.creators IS NOT NEW.creators COLLATE BINARY OR OLD.venue IS NOT NEW.venue COLLATE BINARY OR OLD.abstract IS NOT NEW.abstract COLLATE BINARY OR OLD.trashed IS NOT NEW.trashed COLLATE BINARY BEGIN INSERT INTO search_queue SELECT OLD.id WHERE NOT EXISTS (SELECT 1 FROM search_queue WHERE item_id = OLD.id); INSERT INTO search_queue SELECT NEW.id WHERE NOT EXISTS (SELECT 1 FROM search_queue WHERE item_id = NEW.id); END

-- trigger items_vault_delete
CREATE TRIGGER items_vault_delete AFTER DELETE ON items BEGIN INSERT INTO vault_queue SELECT v.id, OLD.id, 0 FROM vaults v WHERE v.synced <> '' AND NOT EXISTS (SELECT 1 FROM vault_queue q WHERE q.vault_id = v.id AND q.item_id = OLD.id AND q.words = 0); END

-- trigger items_vault_insert
CREATE TRIGGER items_vault_insert AFTER INSERT ON items BEGIN INSERT INTO vault_queue SELECT v.id, NEW.id, 0 FROM vaults v WHERE v.synced <> '' AND NOT EXISTS (SELECT 1 FROM vault_queue q WHERE q.vault_id = v.id AND q.item_id = NEW.id AND q.words = 0); END

-- trigger items_vault_update
CREATE TRIGGER items_vault_update AFTER UPDATE OF id, uid, citekey, type, title, title_short, creators, venue, year, doi, arxiv, abstract, links, extra, private, pages, added, trashed, locked, queue_place, read_status, rating, page ON items WHEN OLD.id IS NOT NEW.id COLLATE BINARY OR OLD.uid IS NOT NEW.uid COLLATE BINARY OR OLD.citekey IS NOT NEW.citekey COLLATE BINARY OR OLD.type IS NOT NEW.type COLLATE BINARY OR OLD.title IS NOT NEW.title COLLATE BINARY OR OLD.title_short IS NOT NEW.title_short COLLATE BINARY OR OLD.creators IS NOT NEW.creators COLLATE BINARY OR OLD.venue IS NOT NEW.venue COLLATE BINARY OR OLD.year IS NOT NEW.year COLLATE BINARY OR OLD.doi IS NOT NEW.doi COLLATE BINARY OR OLD.arxiv IS NOT NEW.arxiv COLLATE BINARY OR OLD.abstract IS NOT NEW.abstract COLLATE BINARY OR OLD.links IS NOT NEW.links COLLATE BINARY OR OLD.extra IS NOT NEW.extra COLLATE BINARY OR OLD.private IS NOT NEW.private COLLATE BINARY OR OLD.pages IS NOT NEW.pages COLLATE BINARY OR OLD.added IS NOT NEW.added COLLATE BINARY OR OLD.trashed IS NOT NEW.trashed COLLATE BINARY OR OLD.locked IS NOT NEW.locked COLLATE BINARY OR OLD.queue_place IS NOT NEW.queue_place COLLATE BINARY OR OLD.read_status IS NOT NEW.read_status COLLATE BINARY OR OLD.rating IS NOT NEW.rating COLLATE BINARY OR OLD.page IS NOT NEW.page COLLATE BINARY BEGIN INSERT INTO vault_queue SELECT v.id, OLD.id, 0 FROM vaults v WHERE v.synced <> '' AND NOT EXISTS (SELECT 1 FROM vault_queue q WHERE q.vault_id = v.id AND q.item_id = OLD.id AND q.words = 0); INSERT INTO vault_queue SELECT v.id, NEW.id, 0 FROM vaults v WHERE v.synced <> '' AND NOT EXISTS (SELECT 1 FROM vault_queue q WHERE q.vault_id = v.id AND q.item_id = NEW.id AND q.words = 0); END

-- trigger notes_journal_delete
CREATE TRIGGER notes_journal_delete AFTER DELETE ON notes WHEN (SELECT step FROM journal_open) IS NOT NULL BEGIN INSERT INTO journal_changes (step, tbl, op, row_id, old) VALUES ((SELECT step FROM journal_open), 'notes', 'delete', OLD.id, json_object('id', OLD.id, 'uid', OLD.uid, 'item_id', OLD.item_id, 'title', OLD.title, 'body', OLD.body, 'private', OLD.private, 'created', OLD.created, 'modified', OLD.modified)); END

-- trigger notes_journal_insert
CREATE TRIGGER notes_journal_insert AFTER INSERT ON notes WHEN (SELECT step FROM journal_open) IS NOT NULL BEGIN INSERT INTO journal_changes (step, tbl, op, row_id, old) VALUES ((SELECT step FROM journal_open), 'notes', 'insert', NEW.id, NULL); END

-- trigger notes_journal_update
CREATE TRIGGER notes_journal_update AFTER UPDATE OF id, uid, item_id, title, body, private, created, modified ON notes WHEN (SELECT step FROM journal_open) IS NOT NULL AND (OLD.id IS NOT NEW.id COLLATE BINARY OR OLD.uid IS NOT NEW.uid COLLATE BINARY OR OLD.item_id IS NOT NEW.item_id COLLATE BINARY OR OLD.title IS NOT NEW.title COLLATE BINARY OR OLD.body IS NOT NEW.body COLLATE BINARY OR OLD.private IS NOT NEW.private COLLATE BINARY OR OLD.created IS NOT NEW.created COLLATE BINARY OR OLD.modified IS NOT NEW.modified COLLATE BINARY) BEGIN INSERT INTO journal_changes (step, tbl, op, row_id, old) VALUES ((SELECT step FROM journal_open), 'notes', 'update', OLD.id, json_object('id', OLD.id, 'uid', OLD.uid, 'item_id', OLD.item_id, 'title', OLD.title, 'body', OLD.body, 'private', OLD.private, 'created', OLD.created, 'modified', OLD.modified)); END

-- trigger notes_queue_delete
CREATE TRIGGER notes_queue_delete AFTER DELETE ON notes BEGIN INSERT INTO search_queue SELECT OLD.item_id WHERE NOT EXISTS (SELECT 1 FROM search_queue WHERE item_id = OLD.item_id); END

-- trigger notes_queue_insert
CREATE TRIGGER notes_queue_insert AFTER INSERT ON notes BEGIN INSERT INTO search_queue SELECT NEW.item_id WHERE NOT EXISTS (SELECT 1 FROM search_queue WHERE item_id = NEW.item_id); END

-- trigger notes_queue_update
CREATE TRIGGER notes_queue_update AFTER UPDATE OF item_id, title, body ON notes WHEN OLD.item_id IS NOT NEW.item_id COLLATE BINARY OR OLD.title IS NOT NEW.title COLLATE BINARY OR OLD.body IS NOT NEW.body COLLATE BINARY BEGIN INSERT INTO search_queue SELECT OLD.item_id WHERE NOT EXISTS (SELECT 1 FROM search_queue WHERE item_id = OLD.item_id); INSERT INTO search_queue SELECT NEW.item_id WHERE NOT EXISTS (SELECT 1 FROM search_queue WHERE item_id = NEW.item_id); END

-- trigger notes_vault_body
CREATE TRIGGER notes_vault_body AFTER UPDATE OF body ON notes WHEN OLD.body IS NOT NEW.body COLLATE BINARY BEGIN INSERT INTO vault_queue SELECT v.id, NEW.item_id, 1 FROM vaults v WHERE v.synced <> '' AND NOT EXISTS (SELECT 1 FROM vault_queue q WHERE q.vault_id = v.id AND q.item_id = NEW.item_id AND q.words = 1); END

-- trigger notes_vault_delete
CREATE TRIGGER notes_vault_delete AFTER DELETE ON notes BEGIN INSERT INTO vault_queue SELECT v.id, OLD.item_id, 0 FROM vaults v WHERE v.synced <> '' AND NOT EXISTS (SELECT 1 FROM vault_queue q WHERE q.vault_id = v.id AND q.item_id = OLD.item_id AND q.words = 0); END

-- trigger notes_vault_insert
CREATE TRIGGER notes_vault_insert AFTER INSERT ON notes BEGIN INSERT INTO vault_queue SELECT v.id, NEW.item_id, 0 FROM vaults v WHERE v.synced <> '' AND NOT EXISTS (SELECT 1 FROM vault_queue q WHERE q.vault_id = v.id AND q.item_id = NEW.item_id AND q.words = 0); END

-- trigger notes_vault_update
CREATE TRIGGER notes_vault_update AFTER UPDATE OF item_id, title, private, created ON notes WHEN OLD.item_id IS NOT NEW.item_id COLLATE BINARY OR OLD.title IS NOT NEW.title COLLATE BINARY OR OLD.private IS NOT NEW.private COLLATE BINARY OR OLD.created IS NOT NEW.created COLLATE BINARY BEGIN INSERT INTO vault_queue SELECT v.id, OLD.item_id, 0 FROM vaults v WHERE v.synced <> '' AND NOT EXISTS (SELECT 1 FROM vault_queue q WHERE q.vault_id = v.id AND q.item_id = OLD.item_id AND q.words = 0); INSERT INTO vault_queue SELECT v.id, NEW.item_id, 0 FROM vaults v WHERE v.synced <> '' AND NOT EXISTS (SELECT 1 FROM vault_queue q WHERE q.vault_id = v.id AND q.item_id = NEW.item_id AND q.words = 0); END

-- trigger relations_journal_delete
CREATE TRIGGER relations_journal_delete AFTER DELETE ON relations WHEN (SELECT step FROM journal_open) IS NOT NULL BEGIN INSERT INTO journal_changes (step, tbl, op, row_id, old) VALUES ((SELECT step FROM journal_open), 'relations', 'delete', OLD.id, json_object('id', OLD.id, 'item_id', OLD.item_id, 'other_id', OLD.other_id, 'kind', OLD.kind)); END

-- trigger relations_journal_insert
CREATE TRIGGER relations_journal_insert AFTER INSERT ON relations WHEN (SELECT step FROM journal_open) IS NOT NULL BEGIN INSERT INTO journal_changes (step, tbl, op, row_id, old) VALUES ((SELECT step FROM journal_open), 'relations', 'insert', NEW.id, NULL); END

-- trigger relations_journal_update
CREATE TRIGGER relations_journal_update AFTER UPDATE OF id, item_id, other_id, kind ON relations WHEN (SELECT step FROM journal_open) IS NOT NULL AND (OLD.id IS NOT NEW.id COLLATE BINARY OR OLD.item_id IS NOT NEW.item_id COLLATE BINARY OR OLD.other_id IS NOT NEW.other_id COLLATE BINARY OR OLD.kind IS NOT NEW.kind COLLATE BINARY) BEGIN INSERT INTO journal_changes (step, tbl, op, row_id, old) VALUES ((SELECT step FROM journal_open), 'relations', 'update', OLD.id, json_object('id', OLD.id, 'item_id', OLD.item_id, 'other_id', OLD.other_id, 'kind', OLD.kind)); END

-- trigger relations_vault_delete
CREATE TRIGGER relations_vault_delete AFTER DELETE ON relations BEGIN INSERT INTO vault_queue SELECT v.id, OLD.item_id, 0 FROM vaults v WHERE v.synced <> '' AND NOT EXISTS (SELECT 1 FROM vault_queue q WHERE q.vault_id = v.id AND q.item_id = OLD.item_id AND q.words = 0); INSERT INTO vault_queue SELECT v.id, OLD.other_id, 0 FROM vaults v WHERE v.synced <> '' AND NOT EXISTS (SELECT 1 FROM vault_queue q WHERE q.vault_id = v.id AND q.item_id = OLD.other_id AND q.words = 0); END

-- trigger relations_vault_insert
CREATE TRIGGER relations_vault_insert AFTER INSERT ON relations BEGIN INSERT INTO vault_queue SELECT v.id, NEW.item_id, 0 FROM vaults v WHERE v.synced <> '' AND NOT EXISTS (SELECT 1 FROM vault_queue q WHERE q.vault_id = v.id AND q.item_id = NEW.item_id AND q.words = 0); INSERT INTO vault_queue SELECT v.id, NEW.other_id, 0 FROM vaults v WHERE v.synced <> '' AND NOT EXISTS (SELECT 1 FROM vault_queue q WHERE q.vault_id = v.id AND q.item_id = NEW.other_id AND q.words = 0); END

-- trigger relations_vault_update
CREATE TRIGGER relations_vault_update AFTER UPDATE OF id, item_id, other_id, kind ON relations WHEN OLD.id IS NOT NEW.id COLLATE BINARY OR OLD.item_id IS NOT NEW.item_id COLLATE BINARY OR OLD.other_id IS NOT NEW.other_id COLLATE BINARY OR OLD.kind IS NOT NEW.kind COLLATE BINARY BEGIN INSERT INTO vault_queue SELECT v.id, OLD.item_id, 0 FROM vaults v WHERE v.synced <> '' AND NOT EXISTS (SELECT 1 FROM vault_queue q WHERE q.vault_id = v.id AND q.item_id = OLD.item_id AND q.words = 0); INSERT INTO vault_queue SELECT v.id, NEW.item_id, 0 FROM vaults v WHERE v.synced <> '' AND NOT EXISTS (SELECT 1 FROM vault_queue q WHERE q.vault_id = v.id AND q.item_id = NEW.item_id AND q.words = 0); INSERT INTO vault_queue SELECT v.id, OLD.other_id, 0 FROM vaults v WHERE v.synced <> '' AND NOT EXISTS (SELECT 1 FROM vault_queue q WHERE q.vault_id = v.id AND q.item_id = OLD.other_id AND q.words = 0); INSERT INTO vault_queue SELECT v.id, NEW.other_id, 0 FROM vaults v WHERE v.synced <> '' AND NOT EXISTS (SELECT 1 FROM vault_queue q WHERE q.vault_id = v.id AND q.item_id = NEW.other_id AND q.words = 0); END

-- trigger vault_files_journal_delete
CREATE TRIGGER vault_files_journal_delete AFTER DELETE ON vault_files WHEN (SELECT step FROM journal_open) IS NOT NULL BEGIN INSERT INTO journal_changes (step, tbl, op, row_id, old) VALUES ((SELECT step FROM journal_open), 'vault_files', 'delete', OLD.id, json_object('id', OLD.id, 'vault_id', OLD.vault_id, 'path', OLD.path, 'kind', OLD.kind, 'item_id', OLD.item_id, 'note', OLD.note, 'base', OLD.base, 'size', OLD.size, 'mtime_ns', OLD.mtime_ns)); END

-- trigger vault_files_journal_insert
CREATE TRIGGER vault_files_journal_insert AFTER INSERT ON vault_files WHEN (SELECT step FROM journal_open) IS NOT NULL BEGIN INSERT INTO journal_changes (step, tbl, op, row_id, old) VALUES ((SELECT step FROM journal_open), 'vault_files', 'insert', NEW.id, NULL); END

-- trigger vault_files_journal_update
CREATE TRIGGER vault_files_journal_update AFTER UPDATE OF id, vault_id, path, kind, item_id, note, base, size, mtime_ns ON vault_files WHEN (SELECT step FROM journal_open) IS NOT NULL AND (OLD.id IS NOT NEW.id COLLATE BINARY OR OLD.vault_id IS NOT NEW.vault_id COLLATE BINARY OR OLD.path IS NOT NEW.path COLLATE BINARY OR OLD.kind IS NOT NEW.kind COLLATE BINARY OR OLD.item_id IS NOT NEW.item_id COLLATE BINARY OR OLD.note IS NOT NEW.note COLLATE BINARY OR OLD.base IS NOT NEW.base COLLATE BINARY OR OLD.size IS NOT NEW.size COLLATE BINARY OR OLD.mtime_ns IS NOT NEW.mtime_ns COLLATE BINARY) BEGIN INSERT INTO journal_changes (step, tbl, op, row_id, old) VALUES ((SELECT step FROM journal_open), 'vault_files', 'update', OLD.id, json_object('id', OLD.id, 'vault_id', OLD.vault_id, 'path', OLD.path, 'kind', OLD.kind, 'item_id', OLD.item_id, 'note', OLD.note, 'base', OLD.base, 'size', OLD.size, 'mtime_ns', OLD.mtime_ns)); END

-- trigger views_journal_delete
CREATE TRIGGER views_journal_delete AFTER DELETE ON views WHEN (SELECT step FROM journal_open) IS NOT NULL BEGIN INSERT INTO journal_changes (step, tbl, op, row_id, old) VALUES ((SELECT step FROM journal_open), 'views', 'delete', OLD.id, json_object('id', OLD.id, 'name', OLD.name, 'query', OLD.query, 'position', OLD.position)); END

-- trigger views_journal_insert
CREATE TRIGGER views_journal_insert AFTER INSERT ON views WHEN (SELECT step FROM journal_open) IS NOT NULL BEGIN INSERT INTO journal_changes (step, tbl, op, row_id, old) VALUES ((SELECT step FROM journal_open), 'views', 'insert', NEW.id, NULL); END

-- trigger views_journal_update
CREATE TRIGGER views_journal_update AFTER UPDATE OF id, name, query, position ON views WHEN (SELECT step FROM journal_open) IS NOT NULL AND (OLD.id IS NOT NEW.id COLLATE BINARY OR OLD.name IS NOT NEW.name COLLATE BINARY OR OLD.query IS NOT NEW.query COLLATE BINARY OR OLD.position IS NOT NEW.position COLLATE BINARY) BEGIN INSERT INTO journal_changes (step, tbl, op, row_id, old) VALUES ((SELECT step FROM journal_open), 'views', 'update', OLD.id, json_object('id', OLD.id, 'name', OLD.name, 'query', OLD.query, 'position', OLD.position)); END

-- trigger views_vault_delete
CREATE TRIGGER views_vault_delete AFTER DELETE ON views BEGIN INSERT INTO vault_queue SELECT v.id, 0, 0 FROM vaults v WHERE v.synced <> '' AND NOT EXISTS (SELECT 1 FROM vault_queue q WHERE q.vault_id = v.id AND q.item_id = 0 AND q.words = 0); END

-- trigger views_vault_insert
CREATE TRIGGER views_vault_insert AFTER INSERT ON views BEGIN INSERT INTO vault_queue SELECT v.id, 0, 0 FROM vaults v WHERE v.synced <> '' AND NOT EXISTS (SELECT 1 FROM vault_queue q WHERE q.vault_id = v.id AND q.item_id = 0 AND q.words = 0); END

-- trigger views_vault_update
CREATE TRIGGER views_vault_update AFTER UPDATE OF id, name, query, position ON views WHEN OLD.id IS NOT NEW.id COLLATE BINARY OR OLD.name IS NOT NEW.name COLLATE BINARY OR OLD.query IS NOT NEW.query COLLATE BINARY OR OLD.position IS NOT NEW.position COLLATE BINARY BEGIN INSERT INTO vault_queue SELECT v.id, 0, 0 FROM vaults v WHERE v.synced <> '' AND NOT EXISTS (SELECT 1 FROM vault_queue q WHERE q.vault_id = v.id AND q.item_id = 0 AND q.words = 0); END
