"""Annotations: all of them on one screen, and what can be done with one of them."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from notes_tui.services import writing
from notes_tui.services.wording import count_of, name_of
from notes_tui.store import file_annotations, notes

if TYPE_CHECKING:
    from notes_tui.services.mark_context import MarkContext
    from notes_tui.services.quotes import Group, Grouping
    from notes_tui.store.file_annotations import PlacedAnnotation
    from notes_tui.tui.dialogs.annotations import AnnotationsScreen, What
    from notes_tui.tui.screens.main import MainScreen


async def browse(desk: MainScreen) -> None:
    """Look through the annotations of all papers, by role or by paper."""
    from notes_tui.services.mark_context import context_of
    from notes_tui.tui.dialogs.annotations import AnnotationsScreen

    def act(what: What, placed: PlacedAnnotation) -> Awaitable[None] | None:
        return desk.perform(lambda: _act(desk, screen, what, placed))

    def undo() -> Awaitable[None] | None:
        return desk.perform(lambda: _undo(desk, screen))

    def export(groups: Sequence[Group], by: Grouping) -> Awaitable[None] | None:
        return desk.perform(lambda: _export(desk, groups, by))

    def context(placed: PlacedAnnotation) -> MarkContext:
        return context_of(desk.store, placed.item_id, placed.annotation.id)

    found = file_annotations.of_library(desk.store)
    screen = AnnotationsScreen(found, desk.config.roles, act, undo, export, context)
    chosen = await desk.ask(screen)
    if chosen is not None:
        desk.go_to(chosen.item_id)


async def _act(desk: MainScreen, screen: AnnotationsScreen, what: What, placed: PlacedAnnotation) -> None:
    from notes_tui.services.quotes import with_citation

    item_id, annotation_id = placed.item_id, placed.annotation.id
    if what == "open":
        from notes_tui.tui.actions.filing import open_at

        open_at(desk, item_id, annotation_id)
    elif what == "copy":
        desk.copy(placed.annotation.quote or placed.annotation.comment, "annotation")
    elif what == "cite":
        desk.copy(with_citation(placed), "annotation")
    else:
        change = {"edit": edit, "role": choose_role, "remove": remove}[what]
        await change(desk, item_id, annotation_id)
        screen.show(file_annotations.of_library(desk.store))


async def _undo(desk: MainScreen, screen: AnnotationsScreen) -> None:
    from notes_tui.tui.actions import marking

    await marking.undo(desk)
    screen.show(file_annotations.of_library(desk.store))


async def edit(desk: MainScreen, item_id: int, annotation_id: str) -> None:
    """Change what an annotation says."""
    from notes_tui.tui.dialogs.annotate import AnnotateDialog

    found = notes.annotation(desk.store, item_id, annotation_id)
    if found is None:
        return
    title = f"Annotation · {name_of(desk.items([item_id])[0])}"
    draft = await desk.ask(AnnotateDialog(title, desk.config.roles, annotation=found))
    if draft is not None:
        done = writing.change_annotation(
            desk.store, item_id, annotation_id,
            page=draft.page, quote=draft.quote, comment=draft.comment, role=draft.role,
        )  # fmt: skip
        desk.reload()
        desk.tell_change(done.label)


async def choose_role(desk: MainScreen, item_id: int, annotation_id: str) -> None:
    """Choose what an annotation is for."""
    from notes_tui.tui.dialogs.choose import ChooseDialog, Option

    found = notes.annotation(desk.store, item_id, annotation_id)
    if found is None:
        return
    options = [
        Option("", role.name, "", role.name, role.glyph, found.role == role.name)
        for role in desk.config.roles
    ]
    options.append(Option("0", writing.NO_ROLE, "", "", "", not found.role))
    role = await desk.ask(ChooseDialog("Role", options))
    if role is not None and role != found.role:
        done = writing.change_annotation(desk.store, item_id, annotation_id, role=role)
        desk.reload()
        desk.tell_change(done.label)


async def remove(desk: MainScreen, item_id: int, annotation_id: str) -> None:
    """Remove an annotation."""
    label = writing.remove_annotation(desk.store, item_id, annotation_id).label
    desk.reload()
    desk.tell_change(label)


async def _export(desk: MainScreen, groups: Sequence[Group], by: Grouping) -> None:
    from notes_tui.services import quotes
    from notes_tui.tui.dialogs.ask import AskDialog

    path = await desk.ask(AskDialog("Export annotations", "Markdown file, or .json", "~/annotations.md"))
    if path:
        done = quotes.export_file(desk.store, Path(path).expanduser(), groups, by)
        written = "written to" if done.changed else "unchanged in"
        left_out = f"; {done.left_out:,} private left out" if done.left_out else ""
        desk.tell(f"{count_of(done.annotations, 'annotation')} {written} {path}{left_out}")
