"""``python -m benchmarks.engines NUMBER``: prepare one engine in a process of its own, run it, print the MB that the run added."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.engines import ENGINES


def _peak() -> float:
    """Return the peak memory of this process in MB; what ``resource`` says counts the process before it too."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return float(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024


if __name__ == "__main__":
    run = ENGINES[int(sys.argv[1])].prepared()
    before = _peak()
    run()
    print(_peak() - before)
