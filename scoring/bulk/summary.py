"""What the cards of all ranges come to: each unit's mean and rank, and roll-ups by the 12-digit place codes."""

from __future__ import annotations

from pathlib import Path

import duckdb

from scoring.bulk.cells import literal

# How many digits of a place code name the place at each level.
LEVELS = {"省": 2, "市": 4, "县": 6, "乡镇": 9, "村": 12}
