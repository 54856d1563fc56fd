"""What was last written to the files of a vault, and the events a vault carries. None of it is an undo step."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping

from notes_tui.model.vault import VaultEvent, WrittenFile
from notes_tui.store.database import Row, Store, dump_json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from notes_tui.model.sync_report import Waiting


def vault_id(store: Store, path: str) -> int | None:
    """The vault at a folder, ``None`` where nothing was ever written there."""
    found = store.value("SELECT id FROM vaults WHERE path = ?", (path,))
    return found if isinstance(found, int) else None


def vaults(store: Store) -> dict[int, str]:
    """The folder of every vault."""
    return {row[0]: row[1] for row in store.rows("SELECT id, path FROM vaults ORDER BY id")}


def bind(store: Store, path: str, profile: str, known: int | None = None) -> int:
    """The vault at a folder; ``known`` is the one that stands there, perhaps since its folder was moved."""
    if known is not None:
        store.run("UPDATE vaults SET path = ? WHERE id = ? AND path <> ?", (path, known, path))
        return known
    store.run(
        "INSERT OR IGNORE INTO vaults (path, profile, created) VALUES (?, ?, ?)", (path, profile, store.now())
    )
    return store.count("SELECT id FROM vaults WHERE path = ?", (path,))


def profile_of(store: Store, vault: int) -> str:
    """How the files of a vault are laid out; ``adopted`` where its owner made them."""
    return str(store.value("SELECT profile FROM vaults WHERE id = ?", (vault,)) or "")


def synced_folders(store: Store) -> list[str]:
    """The folders that were synced or adopted, the one synced last first."""
    return [
        row[0]
        for row in store.rows(
            "SELECT path FROM vaults WHERE synced <> '' OR profile = 'adopted' ORDER BY synced DESC, id DESC"
        )
    ]


def mark_synced(store: Store, vault: int, *, in_step: bool = True) -> None:
    """Remember when a vault was synced; from then on what changes in the library is noted for it.

    Where the library may have changed while it was written (not ``in_step``), what was noted stays noted.
    """
    store.run("UPDATE vaults SET synced = ? WHERE id = ?", (store.now(), vault))
    if in_step:
        store.run("DELETE FROM vault_queue WHERE vault_id = ?", (vault,))


def written_files(store: Store, vault: int) -> dict[str, WrittenFile]:
    """What was written, by path."""
    rows = store.rows(
        "SELECT path, kind, item_id, note, base, size, mtime_ns FROM vault_files WHERE vault_id = ?", (vault,)
    )
    return {row["path"]: _written(row) for row in rows}


def _written(row: Row) -> WrittenFile:
    return WrittenFile(
        path=row["path"], kind=row["kind"], item_id=row["item_id"], base=row["base"], size=row["size"],
        mtime_ns=row["mtime_ns"], note=row["note"],
    )  # fmt: skip


def written_states(store: Store, vault: int) -> dict[str, tuple[int, int]]:
    """Size and time of every file as it was left, by path."""
    rows = store.rows("SELECT path, size, mtime_ns FROM vault_files WHERE vault_id = ?", (vault,))
    return {row[0]: (row[1], row[2]) for row in rows}


def latest_synced(store: Store) -> tuple[int, str, str] | None:
    """The vault that was synced (or adopted) last, its folder, and when that was."""
    row = store.row(
        """SELECT id, path, coalesce(nullif(synced, ''), created) FROM vaults
        WHERE synced <> '' OR profile = 'adopted' ORDER BY synced DESC, id DESC LIMIT 1"""
    )
    return (row[0], row[1], row[2]) if row else None


def conflict_count(store: Store) -> int:
    """How many conflicts between files and the library wait."""
    return store.count("SELECT count(*) FROM vault_conflicts c JOIN items i ON i.id = c.item_id")


def files_of_item(store: Store, item_id: int) -> list[tuple[int, str, WrittenFile]]:
    """The files of an item in vaults that were synced or adopted, the latest first: vault, folder, what was written."""
    rows = store.rows(
        """SELECT f.*, v.path AS folder FROM vault_files f JOIN vaults v ON v.id = f.vault_id
        WHERE f.item_id = ? AND (v.synced <> '' OR v.profile = 'adopted') ORDER BY v.synced DESC, v.id DESC, f.path""",
        (item_id,),
    )
    return [(row["vault_id"], row["folder"], _written(row)) for row in rows]


def written_file(store: Store, vault: int, path: str) -> WrittenFile | None:
    """What was written to one file, and how it was left."""
    row = store.row("SELECT * FROM vault_files WHERE vault_id = ? AND path = ?", (vault, path))
    return _written(row) if row else None


def left_states(store: Store, vault: int) -> set[tuple[str, int, int]]:
    """How every file was left: path, size, modification time in nanoseconds."""
    return set(store.tuples("SELECT path, size, mtime_ns FROM vault_files WHERE vault_id = ?", (vault,)))


def items_of_files(store: Store, vault: int, paths: Iterable[str]) -> dict[str, int | None]:
    """The items that files of the kind ``item`` are about, by path; other files are left out."""
    rows = store.rows(
        """SELECT path, item_id FROM vault_files WHERE vault_id = ? AND kind = 'item'
        AND path IN (SELECT value FROM json_each(?))""",
        (vault, dump_json(sorted(paths))),
    )
    return {row[0]: row[1] for row in rows}


def files_of_items(store: Store, vault: int) -> dict[int, str]:
    """The file of each item."""
    rows = store.rows(
        "SELECT item_id, path FROM vault_files WHERE vault_id = ? AND kind = 'item' AND item_id IS NOT NULL",
        (vault,),
    )
    return {row[0]: row[1] for row in rows}


def note_files(store: Store, vault: int, item_ids: Iterable[int]) -> list[WrittenFile]:
    """The files of these items and of their notes, without what was written to them."""
    rows = store.rows(
        """SELECT path, kind, item_id, note, '' AS base, size, mtime_ns FROM vault_files WHERE vault_id = ? AND kind IN ('item', 'note')
        AND item_id IN (SELECT value FROM json_each(?)) ORDER BY path""",
        (vault, dump_json(sorted(set(item_ids)))),
    )
    return [_written(row) for row in rows]


def number_of_item_files(store: Store, vault: int) -> int:
    """How many files of items there are."""
    return store.count("SELECT count(*) FROM vault_files WHERE vault_id = ? AND kind = 'item'", (vault,))


def files_about(store: Store, vault: int, item_ids: Iterable[int]) -> dict[str, WrittenFile]:
    """What was written to the files of these items, to notes, records and events, by path."""
    rows = store.rows(
        """SELECT * FROM vault_files WHERE vault_id = ? AND (kind NOT IN ('item', 'page') OR item_id IN
        (SELECT value FROM json_each(?)))""",
        (vault, dump_json(sorted(set(item_ids)))),
    )
    return {row["path"]: _written(row) for row in rows}


def files_at(store: Store, vault: int, paths: Iterable[str]) -> dict[str, WrittenFile]:
    """What was written to the files at these paths."""
    rows = store.rows(
        "SELECT * FROM vault_files WHERE vault_id = ? AND path IN (SELECT value FROM json_each(?))",
        (vault, dump_json(sorted(paths))),
    )
    return {row["path"]: _written(row) for row in rows}


def is_synced(store: Store, vault: int) -> bool:
    """Whether a vault was synced, so that what changes in the library is noted for it."""
    return bool(store.value("SELECT 1 FROM vaults WHERE id = ? AND synced <> ''", (vault,)))


def queued(store: Store, vault: int) -> dict[int, bool]:
    """Items that changed since a vault was synced, and whether it was no more than the words of notes.

    Item 0 stands for what belongs to no item.
    """
    rows = store.rows(
        "SELECT item_id, min(words) FROM vault_queue WHERE vault_id = ? GROUP BY item_id", (vault,)
    )
    return {row[0]: bool(row[1]) for row in rows}


def base_of(store: Store, vault: int, path: str) -> str | None:
    """What was written to one file."""
    found = store.value("SELECT base FROM vault_files WHERE vault_id = ? AND path = ?", (vault, path))
    return str(found) if found is not None else None


def remember_files(store: Store, vault: int, files: Iterable[WrittenFile]) -> None:
    """Keep what was written now."""
    store.run_many(
        """INSERT INTO vault_files (vault_id, path, kind, item_id, note, base, size, mtime_ns)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (vault_id, path) DO UPDATE SET kind = excluded.kind,
        item_id = excluded.item_id, note = excluded.note, base = excluded.base, size = excluded.size,
        mtime_ns = excluded.mtime_ns""",
        (
            (vault, each.path, each.kind, each.item_id, each.note, each.base, each.size, each.mtime_ns)
            for each in files
        ),
    )


def forget_files(store: Store, vault: int, paths: Iterable[str]) -> None:
    """Files that are no longer the program's."""
    store.run_many(
        "DELETE FROM vault_files WHERE vault_id = ? AND path = ?", ((vault, path) for path in paths)
    )


def conflict_items(store: Store, vault: int) -> list[int]:
    """Items of which a conflict waits in a vault."""
    rows = store.rows(
        "SELECT DISTINCT item_id FROM vault_conflicts WHERE vault_id = ? AND item_id IS NOT NULL", (vault,)
    )
    return [row[0] for row in rows]


def forget_conflicts(store: Store, vault: int, item_ids: Iterable[int]) -> None:
    """The conflicts of items are looked for anew."""
    store.run_many(
        "DELETE FROM vault_conflicts WHERE vault_id = ? AND item_id = ?",
        ((vault, item_id) for item_id in item_ids),
    )


def forget_conflicts_of(store: Store, vault: int, paths: Iterable[str]) -> None:
    """The conflicts of files are looked for anew."""
    store.run_many(
        "DELETE FROM vault_conflicts WHERE vault_id = ? AND path = ?", ((vault, path) for path in paths)
    )


def remember_conflicts(store: Store, vault: int, item_id: int, waiting: Iterable[Waiting]) -> None:
    """Conflicts that wait for somebody to choose."""
    store.run_many(
        """INSERT OR REPLACE INTO vault_conflicts (vault_id, uid, path, item_id, part, line, base, mine, theirs)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            (vault, each.uid, each.path, item_id, each.conflict.part, each.conflict.line, each.conflict.base,
             each.conflict.mine, each.conflict.theirs)
            for each in waiting
        ),
    )  # fmt: skip


def conflicts(store: Store, vault: int | None = None) -> list[tuple[int, int, Waiting]]:
    """The conflicts that wait, of one vault or of all: vault, item, conflict."""
    from notes_tui.model.item_merging import PartConflict
    from notes_tui.model.sync_report import Waiting

    where, parameters = ("WHERE c.vault_id = ?", (vault,)) if vault is not None else ("", ())
    rows = store.rows(
        f"""SELECT c.*, i.citekey FROM vault_conflicts c JOIN items i ON i.id = c.item_id {where}
        ORDER BY c.vault_id, c.path, c.part, c.line, c.uid""",
        parameters,
    )
    return [
        (
            row["vault_id"], row["item_id"],
            Waiting(
                row["uid"], row["path"], row["citekey"],
                PartConflict(row["part"], row["line"], row["base"], row["mine"], row["theirs"]),
            ),
        )
        for row in rows
    ]  # fmt: skip


def citekeys_of_files(store: Store, vault: int) -> list[tuple[str, str]]:
    """The files of a vault that are about items: path and citekey."""
    rows = store.rows(
        "SELECT f.path, i.citekey FROM vault_files f JOIN items i ON i.id = f.item_id WHERE f.vault_id = ?",
        (vault,),
    )
    return [(row[0], row[1]) for row in rows]


def settings_of(store: Store, vault: int) -> dict[str, object]:
    """What the user set for a vault: ``push``, the profile's own settings."""
    found: dict[str, object] = json.loads(
        str(store.value("SELECT settings FROM vaults WHERE id = ?", (vault,)) or "{}")
    )
    return found


def set_settings(store: Store, vault: int, settings: Mapping[str, object]) -> None:
    """Keep settings of a vault."""
    store.run("UPDATE vaults SET settings = ? WHERE id = ?", (dump_json(dict(settings)), vault))


def counting_events(store: Store, item_id: int, kind: str) -> list[tuple[str, str, int | None]]:
    """The events of one kind of an item that count: id, value, page."""
    rows = store.rows(
        "SELECT uid, value, page FROM events WHERE item_id = ? AND kind = ? AND retracted = 0",
        (item_id, kind),
    )
    return [(row[0], row[1], row[2]) for row in rows]


def take_uid(store: Store, item_id: int, uid: str) -> None:
    """Let an item have the id it has in a vault, if no other has it."""
    store.run(
        "UPDATE items SET uid = ?1 WHERE id = ?2 AND uid <> ?1 AND NOT EXISTS (SELECT 1 FROM items WHERE uid = ?1)",
        (uid, item_id),
    )


def revision(store: Store) -> str:
    """A mark of the library's state: while it is the same, nothing that a vault holds has changed.

    Every step, taken back or not, and every event counts; steps that were tried and changed nothing may.
    """
    row = store.row(
        """SELECT (SELECT seq FROM sqlite_sequence WHERE name = 'journal_steps'),
        (SELECT total(undone) FROM journal_steps), (SELECT max(id) FROM events)"""
    )
    return "/".join(str(each or 0) for each in row or ())


def up_to_date_since(store: Store, vault: int) -> str:
    """What :func:`mark_up_to_date` kept last, ``""`` for a vault that was never complete."""
    return str(store.value("SELECT value FROM meta WHERE key = ?", (f"vault.{vault}",)) or "")


def mark_up_to_date(store: Store, vault: int, mark: str) -> None:
    """Remember in which state of the library every file of the vault was written."""
    store.run("INSERT OR REPLACE INTO meta VALUES (?, ?)", (f"vault.{vault}", mark))


def item_paths(store: Store, vault: int) -> tuple[list[str], list[str]]:
    """The paths that were written: those of items, and the others."""
    rows = store.rows("SELECT path, kind FROM vault_files WHERE vault_id = ? ORDER BY path", (vault,))
    return [row[0] for row in rows if row[1] == "item"], [row[0] for row in rows if row[1] != "item"]


def live_ids(store: Store, only: Collection[int] | None = None) -> dict[str, int]:
    """The row id of every item (or of ``only`` these) that is not in the trash, by citekey, in list order."""
    if only is not None:
        few = store.rows(
            "SELECT citekey, id FROM items WHERE trashed = '' AND id IN (SELECT value FROM json_each(?))",
            (dump_json(sorted(only)),),
        )
        return {row[0]: row[1] for row in few}
    rows = store.rows("SELECT citekey, id FROM items WHERE trashed = '' ORDER BY list_order, id")
    return {row[0]: row[1] for row in rows}


def has_figures(store: Store) -> bool:
    """Whether items have figures, or a vault ever had one."""
    return bool(
        store.value(
            """SELECT EXISTS (SELECT 1 FROM attachments WHERE kind = 'figure')
            OR EXISTS (SELECT 1 FROM vaults WHERE profile = 'figures')"""
        )
    )


def private_items(store: Store) -> int:
    """How many items outside the trash are private."""
    return store.count("SELECT count(*) FROM items WHERE private AND trashed = ''")


def private_keys(store: Store) -> list[str]:
    """The citekeys of private items."""
    return [row[0] for row in store.rows("SELECT citekey FROM items WHERE private")]


def all_events(store: Store, only: Collection[int] | None = None) -> list[VaultEvent]:
    """Every event of items (or of ``only`` these) that are not in the trash, in the order they were recorded.

    Those taken back and what took them back are among them.
    """
    chosen = "" if only is None else "AND e.item_id IN (SELECT value FROM json_each(?))"
    rows = store.tuples(
        f"""SELECT e.uid, i.citekey, e.kind, e.value, e.page, e.at, e.recorded, e.machine, e.retracts
        FROM events e JOIN items i ON i.id = e.item_id AND i.trashed = '' {chosen} ORDER BY e.recorded, e.uid""",
        () if only is None else (dump_json(sorted(only)),),
    )
    return [
        VaultEvent(
            uid=uid, citekey=citekey, kind=kind, value=value, page=page, at=at, recorded=recorded,
            machine=machine, retracts=retracts or "",
        )
        for uid, citekey, kind, value, page, at, recorded, machine, retracts in rows
    ]  # fmt: skip
