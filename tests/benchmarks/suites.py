"""The suites of ``python -m tests.benchmarks``: which module measures what, and at which sizes."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.rows import Row

Measure = Callable[[Path, int], list[Row]]


@dataclass(frozen=True, slots=True)
class Suite:
    """A benchmark module; its ``measure`` takes a home that may be changed and the number of its papers."""

    name: str
    module: str
    only: int = 0
    """The one size it is measured at where that is among the chosen ones: bulk work is about 10,000 items."""

    def applies(self, size: int, sizes: Collection[int]) -> bool:
        """Whether it is measured at a size, of these that were chosen."""
        return size == self.only or self.only not in sizes

    def measure(self, home: Path, size: int) -> list[Row]:
        """The rows of the suite for a home."""
        measure: Measure = importlib.import_module(f"tests.benchmarks.{self.module}").measure
        return measure(home, size)


SUITES = (
    Suite("commands", "bench_commands"),
    Suite("interface", "bench_interface"),
    Suite("search", "bench_search"),
    Suite("bulk", "bench_bulk", only=10_000),
    Suite("import", "bench_import", only=10_000),
    Suite("vault", "bench_vault", only=10_000),
    Suite("growth", "bench_growth"),
)
