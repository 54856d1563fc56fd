"""What importing a large bibliography costs, against its parser alone: ``python -m tests.benchmarks.bench_import``.

A bibliography of 10,000 entries is made, some of them with LaTeX, abstracts and irregular syntax. The
command line imports it whole into a new home; bibtexparser parses the same file in a process of its
own, without its LaTeX middleware. Each is run several times in turn, and the least CPU time counts.
``python -m tests.benchmarks.bench_import FILE`` takes a file of yours.
"""

from __future__ import annotations

import os
import random
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

ENTRIES = 10_000
RUNS = 5
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


def _cpu(command: list[str], home: Path) -> float:
    """Seconds of CPU that a command took, its start included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        command, env={**os.environ, "NOTES_TUI_HOME": str(home)}, check=True, stdout=subprocess.DEVNULL
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> int:
    """Print both times and their ratio; 1 where the ratio is above the limit."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(folder) / "refs.bib"
        if len(sys.argv) < 2:
            file.write_text(bibliography(), encoding="utf-8")
        ours, parser = [], []
        for run in range(RUNS):
            home = Path(folder) / f"home{run}"
            subprocess.run(
                [sys.executable, "-m", "notes_tui", "--home", str(home), "init"],
                check=True,
                capture_output=True,
            )
            ours.append(_cpu([sys.executable, "-m", "notes_tui", "import", str(file)], home))
            parser.append(_cpu([sys.executable, "-c", _PARSE, str(file)], home))
        ratio = min(ours) / min(parser)
        print(
            f"import {min(ours):.2f} s, parser alone {min(parser):.2f} s of CPU: {ratio:.2f} times (limit {LIMIT})"
        )
        return int(ratio > LIMIT)


if __name__ == "__main__":
    raise SystemExit(main())
