"""Where files live, and ``config.yaml``: statuses, roles, keymap, theme, viewer and editor, backups.

Nothing is read or made at import. Every value is text in the file (``CBaseLoader``) and is converted
here, so ``no`` stays a word and a wrong entry is reported with its key instead of being guessed at.
"""

from __future__ import annotations

import os
import re
from types import MappingProxyType

from notes_tui.errors import ConfigError
from notes_tui.model.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

BUNDLED = ("research-space", "awesome-distributed-ml", "training-system", "awesome-auto-parallelism")
"""Slugs of the collections a new home starts with, in order."""
DATABASE = "notes.db"
"""The name of the SQLite file in a home."""
DONE_STATUSES = ("read", "studied", "skimmed")


class Status(Value):
    """A read status: its name, its glyph in lists, and whether it counts as done."""

    name: str
    glyph: str
    done: bool = False


class Role(Value):
    """What an annotation is for: its name, glyph and the colour (``#rrggbb``) that stands for it."""

    name: str
    glyph: str
    color: str


STATUSES = (
    Status("unread", "○"), Status("queued", "◇"), Status("reading", "◐"), Status("read", "●", True),
    Status("skimmed", "◍", True), Status("studied", "★", True), Status("dropped", "✕"),
)  # fmt: skip
STATUS_NAMES = tuple(status.name for status in STATUSES)
ROLES = (
    Role("claim", "!", "#ffd400"), Role("method", "⚙", "#5fb236"), Role("result", "✓", "#2ea8e5"),
    Role("question", "?", "#ff6666"), Role("definition", "≡", "#a28ae5"), Role("todo", "□", "#f19837"),
    Role("quote", "❝", "#aaaaaa"),
)  # fmt: skip


SOURCE_NAMES = ("arxiv", "crossref", "openalex")
"""Services that know works, in the order in which they are asked."""


class Sources(Value):
    """Where `fetch` asks."""

    order: tuple[str, ...] = SOURCE_NAMES
    addresses: Mapping[str, str] = MappingProxyType(
        {
            "arxiv": "https://export.arxiv.org/api/query",
            "arxiv-pdf": "https://arxiv.org/pdf",
            "crossref": "https://api.crossref.org",
            "openalex": "https://api.openalex.org",
            "github-raw": "https://raw.githubusercontent.com",
        }
    )
    """Base address of each service."""
    named: tuple[str, ...] = ()
    """Services whose address the person named."""
    mailto: str = ""
    """An address the services may write to; they answer more readily where they know one."""


class Config(Value):
    """What ``config.yaml`` says, with the built-in values where it is silent."""

    statuses: tuple[Status, ...] = STATUSES
    roles: tuple[Role, ...] = ROLES
    keymap: Mapping[str, str] = MappingProxyType({})
    """Command id to keys, comma-separated as Textual writes them."""
    theme: str = ""
    viewer: tuple[str, ...] = ()
    """Command with ``{file}`` and ``{page}``; empty means the platform's own."""
    editor: tuple[str, ...] = ()
    """Command to which the file is appended; empty means ``$VISUAL`` or ``$EDITOR``."""
    export_to: str = ""
    """Folder the interface suggests for the Markdown export."""
    backup_to: str = ""
    """A second place for backups."""
    sources: Sources = Sources()
    """Which services are asked for metadata, and where."""

    @property
    def status_names(self) -> tuple[str, ...]:
        """All read statuses that may be set."""
        return tuple(status.name for status in self.statuses)

    @property
    def done(self) -> frozenset[str]:
        """Names of the statuses that count as done."""
        return frozenset(status.name for status in self.statuses if status.done)

    def glyph(self, status: str) -> str:
        """The glyph of a read status; a dot for one the config does not know."""
        return next((each.glyph for each in self.statuses if each.name == status), "·")


class Home(Value):
    """The folder of one library."""

    folder: str

    def __init__(self, folder: Path | str) -> None:
        super().__init__(os.fspath(folder))

    @property
    def path(self) -> Path:
        """The folder as a path."""
        from pathlib import Path

        return Path(self.folder)

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.path / DATABASE

    @property
    def config(self) -> Path:
        """``config.yaml``; it need not exist."""
        return self.path / "config.yaml"

    @property
    def backups(self) -> Path:
        """Where snapshots go."""
        return self.path / "backups"

    @property
    def attachments(self) -> Path:
        """Where copied PDFs and figures go."""
        return self.path / "attachments"


def find_home(given: str | None) -> Home:
    """The home: ``--home``, else ``NOTES_TUI_HOME``, else the platform's user-data folder."""
    chosen = given or os.environ.get("NOTES_TUI_HOME")
    if chosen:
        return Home(os.path.abspath(os.path.expanduser(chosen)))
    from platformdirs import user_data_path

    return Home(user_data_path("notes-tui", appauthor=False))


def bundled_texts() -> list[tuple[str, str]]:
    """The bundled collections as ``(file name, text)``, from the wheel or from the checkout."""
    from pathlib import Path

    here = Path(__file__).resolve().parent
    for folder in (here / "library", here.parent / "library"):
        if (folder / f"{BUNDLED[0]}.yaml").is_file():
            return [(f"{slug}.yaml", (folder / f"{slug}.yaml").read_text("utf-8")) for slug in BUNDLED]
    raise ConfigError("the bundled library is missing", hint="install notes-tui again", title="installation")


def load_config(home: Home) -> Config:
    """The config of a home. Raises :class:`ConfigError` naming the key that cannot be used."""
    try:
        text = home.config.read_text("utf-8")
    except FileNotFoundError:
        return Config()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{home.config}: {error}", hint="it must be a readable UTF-8 text file") from error
    return parse_config(text, str(home.config))


def parse_config(text: str, file: str = "config.yaml") -> Config:
    """The config a YAML text describes. Raises :class:`ConfigError` naming the key that cannot be used."""
    import yaml

    if len(text) > 1_000_000:
        raise ConfigError(f"{file} is larger than 1 MB", hint="it holds a few settings only")
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=loader)):
            raise ConfigError(f"{file}: aliases (`*name`) are not used here", hint="write the value out")
        data = yaml.load(text, Loader=loader)
    except (yaml.YAMLError, RecursionError) as error:
        raise ConfigError(f"{file}: {' '.join(str(error).split())}", hint="correct the YAML") from error
    if data in (None, ""):
        return Config()
    if not isinstance(data, dict):
        raise ConfigError(f"{file}: a mapping of settings is expected", hint="one `name: value` a line")
    return _Reader(data, file).config()


_COLOR = r"#[0-9a-fA-F]{6}"
_OFF = ("", "no", "false", "off", "~", "null")
"""What takes a built-in role away."""
_NAME = r"[\w][\w-]{0,30}"
_KEYS = frozenset(
    ("statuses", "roles", "keymap", "theme", "viewer", "editor", "export_to", "backup_to", "sources")
)


class _Reader:
    """Converts the mapping of one config file, naming the key in every complaint."""

    def __init__(self, data: Mapping[object, object], file: str) -> None:
        self.data = data
        self.file = file

    def fail(self, key: str, message: str, hint: str) -> ConfigError:
        return ConfigError(f"{self.file}: {key}: {message}", hint=hint)

    def config(self) -> Config:
        for key in self.data:
            if key not in _KEYS:
                raise self.fail(str(key), "unknown setting", f"known are {', '.join(sorted(_KEYS))}")
        return Config(
            statuses=self.statuses(),
            roles=self.roles(),
            keymap=self.keymap(),
            theme=self.text("theme"),
            viewer=self.command("viewer"),
            editor=self.command("editor"),
            export_to=self.text("export_to"),
            backup_to=self.text("backup_to"),
            sources=self.sources(),
        )

    def text(self, key: str) -> str:
        value = self.data.get(key, "")
        if not isinstance(value, str):
            raise self.fail(key, "text is expected", f"write `{key}: value`")
        return value

    def command(self, key: str) -> tuple[str, ...]:
        from shlex import split

        try:
            return tuple(split(self.text(key)))
        except ValueError as error:
            raise self.fail(key, f"{error}", "quote it as in a shell") from error

    def mapping(self, key: str) -> dict[str, object]:
        value = self.data.get(key) or {}
        if not isinstance(value, dict):
            raise self.fail(key, "a mapping is expected", f"indent `name: value` lines below `{key}:`")
        return {str(name): each for name, each in value.items()}

    def statuses(self) -> tuple[Status, ...]:
        known = {status.name: status for status in STATUSES}
        for name, value in self.mapping("statuses").items():
            if not re.fullmatch(_NAME, name) or name != name.lower():
                raise self.fail(
                    f"statuses.{name}", "not a usable name", "lower-case letters, digits and hyphens"
                )
            options = value if isinstance(value, dict) else {"glyph": value}
            glyph = options.get("glyph") or (known[name].glyph if name in known else "◆")
            if not isinstance(glyph, str) or len(glyph) != 1:
                raise self.fail(f"statuses.{name}", "the glyph must be one character", "for example ◆")
            done = options.get("done", "true" if name in known and known[name].done else "false")
            if done not in ("true", "false", "yes", "no"):
                raise self.fail(f"statuses.{name}.done", f"{done!r}", "write true or false")
            known[name] = Status(name, glyph, done in ("true", "yes"))
        return tuple(known.values())

    def roles(self) -> tuple[Role, ...]:
        known = {role.name: role for role in ROLES}
        for key, value in self.mapping("roles").items():
            name = " ".join(key.lower().split())
            if name in ("", "none"):
                raise self.fail(f"roles.{key}", "not a usable name", "`none` means no role")
            if value in _OFF:
                known.pop(name, None)
                continue
            options = value if isinstance(value, dict) else {"color": value}
            color = options.get("color", known[name].color if name in known else "#aaaaaa")
            if not isinstance(color, str) or not re.fullmatch(_COLOR, color):
                raise self.fail(f"roles.{name}", f"colour {color!r}", "write it as '#ffd400', in quotes")
            glyph = options.get("glyph") or (known[name].glyph if name in known else "•")
            if not isinstance(glyph, str) or len(glyph) != 1:
                raise self.fail(f"roles.{name}", "the glyph must be one character", "for example •")
            known[name] = Role(name, glyph, color.lower())
        return tuple(known.values())

    def sources(self) -> Sources:
        given = self.mapping("sources")
        known = Sources()
        addresses = dict(known.addresses)
        for name, value in given.items():
            if name not in (*addresses, "order", "mailto"):
                raise self.fail(
                    f"sources.{name}", "unknown source", f"known are order, mailto, {', '.join(addresses)}"
                )
            if name in addresses:
                if not isinstance(value, str) or not re.fullmatch(r"https?://[^\s/]+\S*", value):
                    raise self.fail(
                        f"sources.{name}", "an address is expected", f"for example {addresses[name]}"
                    )
                addresses[name] = value.rstrip("/")
        order = given.get("order", list(known.order))
        names = order.replace(",", " ").split() if isinstance(order, str) else order
        if not isinstance(names, list) or any(name not in SOURCE_NAMES for name in names):
            raise self.fail("sources.order", "not a list of services", f"some of {', '.join(SOURCE_NAMES)}")
        mailto = given.get("mailto", "")
        if not isinstance(mailto, str) or (mailto and not re.fullmatch(r"[\x21-\x7e]+@[\x21-\x7e]+", mailto)):
            raise self.fail("sources.mailto", "an e-mail address is expected", "for example me@example.org")
        named = tuple(name for name in given if name in addresses)
        return Sources(tuple(dict.fromkeys(names)), addresses, named, mailto)

    def keymap(self) -> dict[str, str]:
        keymap: dict[str, str] = {}
        for name, value in self.mapping("keymap").items():
            keys = value if isinstance(value, str) else ",".join(value) if isinstance(value, list) else ""
            if not keys:
                raise self.fail(f"keymap.{name}", "a key is expected", "for example `item.mark-read: R`")
            keymap[name] = keys
        return keymap


def editor_command(config: Config) -> tuple[str, ...]:
    """The external editor: the config's, else ``$VISUAL``, else ``$EDITOR``; empty where none is known."""
    for text in (None, os.environ.get("VISUAL"), os.environ.get("EDITOR")):
        if text is None and config.editor:
            return config.editor
        if text:
            from shlex import split

            try:
                return tuple(split(text))
            except ValueError as error:
                raise ConfigError(f"$EDITOR is {text!r}: {error}", title="editor") from error
    return ()
