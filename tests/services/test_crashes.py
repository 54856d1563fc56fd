from __future__ import annotations

import random
from pathlib import Path

from tests.benchmarks.crash import kill_once


def test_a_killed_process_loses_nothing_it_acknowledged(tmp_path: Path) -> None:
    acknowledged: list[str] = []
    for _ in range(6):
        lines, wrong = kill_once(tmp_path / "home", random.uniform(0.4, 1.0))
        assert wrong == []
        acknowledged += lines
    assert len(acknowledged) > 20
