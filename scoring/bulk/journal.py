"""What of a run is done: a line for each range whose results all stand in their places, so that none is lost or made twice."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from scoring.errors import Problem, ScoringError

NAME = "journal.jsonl"


@dataclass(frozen=True, slots=True)
class Done:
    """One range of rows that is finished: its number, and how many rows it read, refused and left out."""

    number: int
    rows: int
    refused: int
    unjudged: int


class Journal:
    """The journal of one run, in its work folder; the first line says by its ``mark`` which run it is."""

    def __init__(self, work: Path, mark: str) -> None:
        """Open or begin a journal; raises ScoringError where the folder holds another run's."""
        self._path = work / NAME
        self.done: dict[int, Done] = {}
        lines = self._path.read_text("utf-8").splitlines() if self._path.exists() else []
        if not lines:
            self._append({"mark": mark})
            return
        if json.loads(lines[0]) != {"mark": mark}:
            message = "文件夹里有另一次没做完的结果（表、标准或程序变了）"
            raise ScoringError(
                [Problem(work.parent.name, message=message, hint="换一个文件夹，或删去这个再做")]
            )
        for line in lines[1:]:
            if (one := _read(line)) is not None:
                self.done[one.number] = one

    def add(self, done: Done) -> None:
        """Note that a range is finished; it is on the disk when this returns."""
        self._append(asdict(done))
        self.done[done.number] = done

    def _append(self, line: dict[str, object]) -> None:
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
            file.flush()
            os.fsync(file.fileno())


def _read(line: str) -> Done | None:
    """Return a line of the journal; None where the run was stopped in the middle of writing it."""
    try:
        return Done(**json.loads(line))
    except (ValueError, TypeError):
        return None
