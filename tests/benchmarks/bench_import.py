"""What importing a large bibliography costs, against its parser alone: ``python -m tests.benchmarks.bench_import``.

Bibliographies of 10,000 entries are made: one as people keep them, some entries with LaTeX, abstracts and
irregular syntax, and one as publishers write them, with long abstracts and many fields. The command line
imports each into a new home; bibtexparser parses the same file in a process of its own, without its LaTeX
middleware. They are run several times in turn, and the least CPU time counts.
``python -m tests.benchmarks.bench_import FILE`` takes a file of yours.
"""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
from pathlib import Path

from notes_tui.services.home import init_home
from notes_tui.settings import Home
from tests.benchmarks.rows import Row, alternating_processes, environment

ENTRIES = 10_000
RUNS = 5
NOTES = (sys.executable, "-m", "notes_tui")
LIMIT = 2.0
_WORDS = (
    "adaptive attention cache cluster compiler deep distributed efficient elastic expert federated fusion gradient graph "
    "inference kernel language latency learning memory mixture model network neural online optimal parallel pipeline "
    "routing scalable scheduling serving sparse storage system tensor training transformer"
).split()
_FAMILIES = (
    "Xiao", "Ren", 'M{\\"u}ller', "Garc{\\'\\i}a", "Nguyen", "Kowalski", "van der Berg", "Lee", "Smith", "O'Neil", "Zhang", "Ivanov",
)  # fmt: skip
_PARSE = """
import logging, sys
logging.disable(logging.CRITICAL)
import bibtexparser
library = bibtexparser.parse_string(open(sys.argv[1], encoding="utf-8").read())
print(len(library.entries))
"""


def bibliography(entries: int = ENTRIES) -> str:
    """The text of a bibliography, the same each time."""
    chance = random.Random(20_000)
    return "\n\n".join(_entry(number, chance) for number in range(entries))


def _entry(number: int, chance: random.Random) -> str:
    title = " ".join(word.capitalize() for word in chance.sample(_WORDS, 7))
    names = " and ".join(
        f"{chance.choice(_FAMILIES)}, {chance.choice('ABCDEFGH')}. {chance.choice('KLMN')}." for _ in range(chance.randint(1, 6))
    )  # fmt: skip
    fields = {
        "author": f"{{{names}}}", "title": f"{{{{{title.split()[0]}}} {title} {number}}}", "year": str(1990 + number % 35),
        "booktitle" if number % 3 else "journal": f"{{Proceedings of the {number % 40}th Conference on {chance.choice(_WORDS)}}}",
        "pages": f"{{{number}--{number + 12}}}", "publisher": "{ACM}", "doi": f"{{10.1145/{number}.{number % 97}}}",
        "url": f"{{https://doi.org/10.1145/{number}.{number % 97}}}",
    }  # fmt: skip
    if number % 4 == 0:
        fields["abstract"] = "{" + " ".join(chance.choices(_WORDS, k=120)) + ".}"
    if number % 5 == 0:
        fields["keywords"] = "{" + ", ".join(chance.sample(_WORDS, 3)) + "}"
    if number % 50 == 0:
        fields["month"] = 'jan # "~1"'
    lines = ",\n".join(f"  {name} = {value}" for name, value in fields.items())
    return f"@{'inproceedings' if number % 3 else 'article'}{{key{number},\n{lines},\n}}"


def large_entries(entries: int) -> str:
    """The text of a bibliography as publishers' sites write it: long abstracts, and a field for everything."""
    chance = random.Random(30_000)
    return "\n\n".join(_large_entry(number, chance) for number in range(entries))


def _large_entry(number: int, chance: random.Random) -> str:
    names = " and ".join(
        f"{chance.choice(_FAMILIES)}, {chance.choice('ABC')}." for _ in range(chance.randint(2, 12))
    )
    fields = {
        "author": names, "title": f"{' '.join(chance.sample(_WORDS, 7)).title()} {number}", "year": str(1990 + number % 35),
        "booktitle": f"Proceedings of {number % 40}", "doi": f"10.1145/{number}.{number % 97}", "month": "may",
        "abstract": " ".join(chance.choices(_WORDS, k=320)) + ".", "keywords": ", ".join(chance.sample(_WORDS, 8)),
        "isbn": f"978-{number}", "issn": "1234-5678", "pages": f"{number}--{number + 9}", "publisher": "ACM",
        "address": "New York", "note": "Presented \\& discussed", "file": f":papers/{number}.pdf:PDF", "series": "S",
        "volume": str(number % 9), "number": str(number % 7), "language": "en", "numpages": "12", "location": "Lyon",
        "eprint": f"20{number % 24:02d}.{number:05d}", "archiveprefix": "arXiv", "primaryclass": "cs.DC",
    }  # fmt: skip
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@inproceedings{{large{number},\n{lines}\n}}"


def row(what: str, file: Path, entries: int, folder: Path) -> Row:
    """What importing a file into a new home costs, beside its parser."""
    home = folder / "home"

    def make_home() -> None:
        shutil.rmtree(home, ignore_errors=True)
        init_home(Home(home), empty=True)

    env = environment(home)
    ours, parser = alternating_processes(
        [([*NOTES, "import", str(file)], env), ([sys.executable, "-c", _PARSE, str(file)], env)],
        RUNS,
        make_home,
    )
    return Row(what, entries, ours.cpu, parser.cpu, LIMIT, limit="bibtexparser alone on the same file")


def measure(home: Path, entries: int = ENTRIES) -> list[Row]:
    """The rows of this benchmark, each on a new library; the given home is left alone."""
    with tempfile.TemporaryDirectory(dir=home) as place:
        folder = Path(place)
        kinds = {
            "import of BibTeX entries": bibliography(entries),
            "import of large BibTeX entries": large_entries(entries),
        }
        rows = []
        for what, text in kinds.items():
            file = folder / "refs.bib"
            file.write_text(text, encoding="utf-8")
            rows.append(row(what, file, entries, folder))
        return rows


def main() -> int:
    """Print the rows, or that of a file; 1 where a goal is missed."""
    with tempfile.TemporaryDirectory() as folder:
        if len(sys.argv) > 1:
            rows = [row(f"import of {sys.argv[1]}", Path(sys.argv[1]).absolute(), 0, Path(folder))]
        else:
            rows = measure(Path(folder))
    for each in rows:
        print(
            f"{each.what}: {each.ours:.2f} s, parser {each.bare:.2f} s of CPU: {each.ratio:.2f} times (limit {LIMIT})"
        )
    return int(not all(each.holds for each in rows))


if __name__ == "__main__":
    raise SystemExit(main())
