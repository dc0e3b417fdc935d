"""An office's settings file (机关名称, 文号代字 …), read as strictly as a rule file."""

from __future__ import annotations

from pathlib import Path

from scoring.load.rule_file import fitted, read_bytes, read_document
from scoring.rule.office import Office


def read_office(path: Path | str) -> Office:
    """Read an office's settings.

    Raises ScoringError with every problem found, in the order of their lines.
    """
    name = str(path)
    return fitted(Office, read_document(read_bytes(Path(path)), name), {}, lambda _: ())
