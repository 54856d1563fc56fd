"""The same work by notes-tui, papis, cobib and bibtui: ``python -m tests.benchmarks.compare [--papers 1000]``.

Each program is installed by name into an environment of its own with the same Python (bibtui wants 3.12;
``--python`` names one), this one from the checkout. They are given the same BibTeX file, made by
:mod:`tests.benchmarks.generate`, and take turns at every task. Counted is CPU time, user and system, of the
whole process; the time on the clock stands beside it. Interfaces run in a real pseudo-terminal, up to the
end of their first screen. ``--work DIR`` keeps the environments for another run.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from notes_tui.formats import bibtex
from tests.benchmarks.bench_interface import Program
from tests.benchmarks.contenders import CONTENDERS, NOTES_TUI, Contender, Library
from tests.benchmarks.papers import papers
from tests.benchmarks.report import PAGE, RESULTS, machine, write_into
from tests.benchmarks.rows import Cost, cost_of_process, environment

ROOT = Path(__file__).parents[2]
ROUNDS = 5
WORD = "scheduling"
TYPED = "sched"
_PATIENCE = 60.0
"""Seconds an interface has for its first screen."""
_SETTLED = 0.02
"""Seconds without output after which a picture counts as whole."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a task cost a program; ``cpu`` is 0 where it has no such command."""

    task: str
    name: str
    papers: int
    cpu: float
    wall: float


@dataclass(frozen=True, slots=True)
class Installed:
    """A contender with its program, and a library it works on."""

    contender: Contender
    program: Path
    library: Library

    def command(self, arguments: Sequence[str]) -> list[str]:
        """The whole command line."""
        return [str(self.program), *arguments]

    @property
    def env(self) -> dict[str, str]:
        """The environment it runs in."""
        return environment(None, **self.library.environment())

    def cost(self, arguments: Sequence[str]) -> Cost:
        """What running it costs."""
        return cost_of_process(self.command(arguments), self.env, cwd=self.library.folder)


def install(contender: Contender, python: str, work: Path) -> Path:
    """The program of a contender, installed where it is not yet. Raises ``CalledProcessError``."""
    place = work / f"environment-{contender.name}"
    program = place / "bin" / contender.name
    if contender is NOTES_TUI:
        shutil.rmtree(place, ignore_errors=True)
    if not program.exists():
        subprocess.run([python, "-m", "venv", str(place)], check=True)
        source = str(ROOT) if contender is NOTES_TUI else contender.package
        pip = [str(place / "bin" / "pip"), "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, source], check=True, capture_output=True)
    return program


def fresh(contender: Contender, program: Path, bib: Path, folder: Path) -> Installed:
    """A contender with an empty library in a new folder, and a copy of the bibliography of its own."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    library = Library(folder, folder / "papers.bib")
    shutil.copy(bib, library.bib)
    contender.prepare(library)
    installed = Installed(contender, program, library)
    if contender.begin:
        installed.cost(contender.begin)
    return installed


def imports(
    programs: dict[str, Path], bib: Path, number: int, work: Path
) -> tuple[list[Result], list[Installed]]:
    """What taking the bibliography in costs, and the libraries that came of it.

    A library whose import takes minutes is kept in the folder of work and used again.
    """
    results, ready = [], []
    for contender in CONTENDERS:
        if contender.name not in programs or (contender.slow_import and number > 1_000):
            continue
        folder = work / f"library-{contender.name}-{number}"
        if contender.slow_import and (folder / "imported").exists():
            ready.append(
                Installed(contender, programs[contender.name], Library(folder, folder / "papers.bib"))
            )
            continue
        costs = []
        for _ in range(1 if contender.slow_import or number > 1_000 else 3):
            installed = fresh(contender, programs[contender.name], bib, folder)
            if contender.take_in is not None:
                costs.append(installed.cost(contender.take_in(installed.library)))
        (folder / "imported").touch()
        ready.append(installed)
        if costs:
            results.append(_result("import", contender, number, costs))
    return results, ready


def _result(task: str, contender: Contender, number: int, costs: Sequence[Cost]) -> Result:
    return Result(
        task, contender.name, number, min(each.cpu for each in costs), min(each.wall for each in costs)
    )


def commands(ready: Sequence[Installed], number: int, keys: Sequence[str]) -> list[Result]:
    """What the commands cost, in turn; each program has run once before."""
    tasks: tuple[tuple[str, Callable[[Installed, int], Sequence[str] | None]], ...] = (
        ("list of all", lambda each, turn: each.contender.everything or None),
        ("search", lambda each, turn: each.contender.search and each.contender.search(WORD)),
        ("mark one as read", lambda each, turn: each.contender.mark and each.contender.mark(keys[turn])),
        ("export to BibTeX", lambda each, turn: each.contender.export
         and each.contender.export(each.library.folder / f"out-{turn}.bib")),
    )  # fmt: skip
    results = []
    for task, arguments in tasks:
        costs: dict[str, list[Cost]] = {}
        for turn in range(ROUNDS + 1):
            for each in ready:
                if chosen := arguments(each, turn):
                    cost = each.cost(chosen)
                    if turn:
                        costs.setdefault(each.contender.name, []).append(cost)
        results += [_result(task, each.contender, number, costs[each.contender.name]) for each in ready if each.contender.name in costs]  # fmt: skip
    return results


def _first_screen(program: Program, words: Sequence[str]) -> Cost:
    """What it cost until a title was on the screen, and what was drawn with it."""
    output, started = "", time.perf_counter()
    while time.perf_counter() - started < _PATIENCE:
        output += program.read_until_quiet(seconds=_SETTLED)
        if any(word in output for word in words):
            return Cost(program.cpu, time.perf_counter() - started - _SETTLED)
    raise TimeoutError(f"no list of papers within {_PATIENCE:.0f} s; on the screen: {output[-300:]!r}")


def _end(program: Program) -> None:
    os.kill(program.pid, signal.SIGKILL)
    os.waitpid(program.pid, 0)
    os.close(program.terminal)


def _keys(program: Program, keys: str) -> list[Cost]:
    costs = []
    for key in keys:
        cpu, wall = program.cpu, time.perf_counter()
        program.press(key)
        program.read_until_quiet(seconds=0.2)
        costs.append(Cost(program.cpu - cpu, time.perf_counter() - wall - 0.2))
    return costs


def interfaces(ready: Sequence[Installed], number: int, words: Sequence[str]) -> list[Result]:
    """What it costs to start the interfaces, to type letters in their search, and to mark in them."""
    starts: dict[str, list[Cost]] = {}
    letters: dict[str, list[Cost]] = {}
    marks: dict[str, list[Cost]] = {}
    for turn in range(ROUNDS + 1):
        for each in ready:
            name, contender = each.contender.name, each.contender
            program = Program.start(each.command(contender.interface(each.library)), each.env)
            try:
                cost = _first_screen(program, words)
                if not turn:
                    continue
                starts.setdefault(name, []).append(cost)
                program.read_until_quiet(seconds=0.5)
                if contender.marking:
                    marks.setdefault(name, []).append(_sum(_keys(program, contender.marking)))
                if contender.searches_as_typed:
                    _keys(program, contender.finding)
                    letters.setdefault(name, []).append(_mean(_keys(program, TYPED)))
            finally:
                _end(program)
    return [
        _result(task, each.contender, number, costs[each.contender.name])
        for task, costs in (
            ("start of the interface", starts), ("mark as read in the interface", marks),
            ("letter in the search of the interface", letters),
        )
        for each in ready
        if each.contender.name in costs
    ]  # fmt: skip


def _sum(costs: Sequence[Cost]) -> Cost:
    return Cost(sum(each.cpu for each in costs), sum(each.wall for each in costs))


def _mean(costs: Sequence[Cost]) -> Cost:
    return Cost(statistics.mean(each.cpu for each in costs), statistics.mean(each.wall for each in costs))


def table(results: Sequence[Result]) -> str:
    """A Markdown table: a row a task and size, a column a program; seconds of CPU, on the clock in brackets."""
    names = [contender.name for contender in CONTENDERS]
    lines = [
        f"| papers | task | {' | '.join(names)} | next best |",
        "|---:|---|" + "---:|" * (len(names) + 1),
    ]
    for number, task in dict.fromkeys((each.papers, each.task) for each in results):
        found = {each.name: each for each in results if (each.papers, each.task) == (number, task)}
        cells = [
            f"{found[name].cpu:.3f} s ({found[name].wall:.2f})" if name in found else "–" for name in names
        ]
        others = [each.cpu for name, each in found.items() if name != NOTES_TUI.name]
        ratio = f"{min(others) / found[NOTES_TUI.name].cpu:.1f} ×" if others else "–"
        lines.append(f"| {number:,} | {task} | {' | '.join(cells)} | {ratio} |")
    return "\n".join(lines)


def versions(programs: dict[str, Path]) -> dict[str, str]:
    """The version of each installed package, and of Python."""
    ask = "import importlib.metadata as m, sys; print(m.version(sys.argv[1]), sys.version.split()[0])"
    found = {}
    for contender in CONTENDERS:
        if contender.name in programs:
            python = programs[contender.name].with_name("python")
            said = subprocess.run(
                [python, "-c", ask, contender.package], check=True, capture_output=True, text=True
            )
            found[contender.name], found["Python"] = said.stdout.split()
    return found


def versions_line(found: dict[str, str]) -> str:
    """The versions in a line."""
    return ", ".join(f"{name} {version}" for name, version in found.items()) + "."


def newest_python() -> str:
    """The newest Python on the search path, or among pyenv's, that all of them run on; else this one."""
    named = [path for name in ("python3.14", "python3.13", "python3.12") if (path := shutil.which(name))]
    versions_of_pyenv = sorted(
        (Path.home() / ".pyenv" / "versions").glob("3.1[2-9].*/bin/python"), reverse=True
    )
    for path in [*named, *map(str, versions_of_pyenv)]:
        if subprocess.run([path, "-c", "pass"], check=False, capture_output=True).returncode == 0:
            return path
    return sys.executable


def run(numbers: Sequence[int], python: str, work: Path, names: Sequence[str]) -> list[Result]:
    """Install, measure at each size, and return the results; a program that cannot be installed is named."""
    programs: dict[str, Path] = {}
    for contender in CONTENDERS:
        if contender.name in names:
            try:
                programs[contender.name] = install(contender, python, work)
            except subprocess.CalledProcessError:
                print(f"{contender.name} cannot be installed for {python}; it is left out", file=sys.stderr)
    results: list[Result] = []
    for number in numbers:
        made = [paper.reference for paper in papers(number)]
        bib = work / f"papers-{number}.bib"
        bib.write_text(bibtex.write(made), encoding="utf-8")
        found, ready = imports(programs, bib, number, work)
        found += commands(ready, number, [reference.citekey for reference in made])
        words = [word for reference in made for word in reference.title.split()[:1] if len(word) > 4]
        found += interfaces(ready, number, words)
        results += found
        print(table(found), flush=True)
    return _kept(results, versions(programs))


def _kept(results: Sequence[Result], found: dict[str, str]) -> list[Result]:
    """Keep results beside those of other programs and of imports that were not done again; returns all."""
    path = RESULTS / "comparison.json"
    before = json.loads(path.read_text("utf-8")) if path.exists() else {"versions": {}, "results": []}
    merged = {(row["task"], row["name"], row["papers"]): Result(**row) for row in before["results"]}
    merged |= {(each.task, each.name, each.papers): each for each in results}
    ordered = sorted(merged.values(), key=lambda each: each.papers)
    kept = {
        "versions": before["versions"] | found,
        "machine": machine(),
        "results": [asdict(each) for each in ordered],
    }
    RESULTS.mkdir(exist_ok=True)
    path.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return ordered


def main() -> int:
    """Compare; 1 where another program is ahead in a row."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--python", default=newest_python())
    parser.add_argument("--work", type=Path, help="keep the environments and libraries here")
    parser.add_argument("--only", nargs="+", default=[contender.name for contender in CONTENDERS])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = options.work or Path(folder)
        work.mkdir(parents=True, exist_ok=True)
        results = run(options.papers, options.python, work.resolve(), options.only)
    if PAGE.exists():
        kept = json.loads((RESULTS / "comparison.json").read_text("utf-8"))
        write_into(PAGE, {"comparison": table(results), "versions": versions_line(kept["versions"])})
    ours = {(each.papers, each.task): each.cpu for each in results if each.name == NOTES_TUI.name}
    behind = [each for each in results if each.cpu < ours.get((each.papers, each.task), 0.0)]
    for each in behind:
        print(f"behind {each.name} in {each.task} at {each.papers:,}: {each.cpu:.3f} s", file=sys.stderr)
    return int(bool(behind))


if __name__ == "__main__":
    raise SystemExit(main())
