"""Draw ``docs/picture.svg``: the real interface on the bundled library, with some reading done.

    python docs/make_picture.py

The library is made in a temporary home, a fixed clock dates what was read, and keys are pressed as a person
would. The picture is the same each time: what draws notes is loaded before, as it is in a window that stood
for a moment.
"""

from __future__ import annotations

import asyncio
import re
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import notes_tui.tui.markdown_view  # noqa: F401
from notes_tui.model.item import Annotation
from notes_tui.services import editing, keys, reading, writing
from notes_tui.services.home import open_home
from notes_tui.settings import Config, Home
from notes_tui.store.database import Store
from notes_tui.tui.app import NotesApp

PICTURE = Path(__file__).with_name("picture.svg")
SIZE = (132, 38)
NOTE = """\
AntMan lets jobs share a GPU by **co-designing** the cluster scheduler and the learning framework.

- memory grows and shrinks at *mini-batch* boundaries
- opportunistic jobs fill what resource-guaranteed ones leave

> How does it compare with time slicing in Gandiva?
"""


def read_a_little(store: Store) -> None:
    """What somebody who reads these papers may have done."""
    config = Config()

    def ids(*names: str) -> list[int]:
        return keys.find_items(store, names)

    for status, names in (
        ("read", ("antman2020", "gandiva2018", "tiresias2019", "horovod2018")),
        ("reading", ("pollux2021",)),
        ("queued", ("hived2020", "alpa2022")),
        ("skimmed", ("tofu2019",)),
    ):
        reading.mark(store, status, ids(*names), allowed=config.status_names)
    reading.rate(store, 5, ids("antman2020"))
    reading.rate(store, 4, ids("tiresias2019"))
    antman = ids("antman2020")[0]
    editing.edit(store, antman, {"pages": "16"})
    reading.set_progress(store, [antman], 16)
    writing.save_note(store, antman, NOTE)
    quote = "the co-design of cluster scheduling and deep learning frameworks"
    writing.annotate(store, antman, Annotation(page=2, quote=quote, role="claim"))
    writing.annotate(
        store, antman, Annotation(page=9, comment="Is the 42 % against static sharing?", role="question")
    )
    for tag, names in (("gpu-sharing", ("antman2020", "gandiva2018")), ("sched/fairness", ("tiresias2019",))):
        writing.add_tag(store, tag, ids(*names))


async def draw(home: Home) -> str:
    """The picture as SVG."""
    with open_home(home) as store:
        store.clock = lambda: datetime(2026, 3, 14, 15, 9, 26, tzinfo=UTC)
        read_a_little(store)
        app = NotesApp(store, home, Config())
        async with app.run_test(size=SIZE) as pilot:
            await app.workers.wait_for_complete()
            await pilot.pause()
            return app.export_screenshot(title="notes-tui")


def main() -> None:
    """Write the picture."""
    with tempfile.TemporaryDirectory() as folder:
        svg = asyncio.run(draw(Home(Path(folder) / "home")))
    svg = re.sub(r"\s*@font-face \{.*?\}", "", svg, flags=re.DOTALL)  # fonts of the reader, none from afar
    svg = re.sub(r"\s*<!--.*?-->", "", svg, flags=re.DOTALL)
    svg = re.sub(r"terminal-\d+", "terminal", svg)
    svg = svg.replace("<svg ", '<svg xml:space="preserve" ', 1)
    PICTURE.write_text("\n".join(line.rstrip() for line in svg.splitlines()) + "\n", "utf-8")


if __name__ == "__main__":
    main()
