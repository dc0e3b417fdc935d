"""The skeleton of a new standard: a commented rule file that loads and passes its own tests, with its cases beside it."""

from __future__ import annotations

import re
from datetime import date
from importlib.resources import files
from pathlib import Path

from scoring.errors import Problem, ScoringError
from scoring.load.rules import CASES
from scoring.load.shape import fit
from scoring.rule.standard import Standard

_NAME, _ID, _DAY = "村容示例", "CR", "2026-01-01"
# Letters, digits and Chinese alone mean nothing to YAML once the first is Chinese; anything else is quoted.
_PLAIN = re.compile(r"[\u4e00-\u9fff][\u4e00-\u9fffA-Za-z0-9]+")


def skeleton(name: str, id: str, starts: date) -> tuple[str, str]:
    """Return the text of a rule file and of its ``.cases.yaml``.

    Raises ScoringError where a standard cannot have that name or 编号.
    """
    _, wrong = fit(Standard, {"标准": name, "编号": id}, {})
    if found := [one for one in wrong if one.loc in (("标准",), ("编号",))]:
        raise ScoringError([Problem(message=one.message, hint=one.hint) for one in found])
    written = name if _PLAIN.fullmatch(name) else "'" + name.replace("'", "''") + "'"
    folder = Path(str(files("scoring.rules")))
    texts = ((folder / f"skeleton{end}").read_text("utf-8") for end in (".yaml", CASES))
    new = {f"标准: {_NAME}": f"标准: {written}", _NAME: name, _ID: id, _DAY: starts.isoformat()}
    rule, cases = (re.sub("|".join(new), lambda found: new[found[0]], text) for text in texts)
    return rule, cases


def places(path: Path) -> tuple[Path, Path]:
    """Return where a new rule file and its cases go.

    Raises ScoringError where the name is none of a rule file, or something stands there already.
    """
    if path.suffix.lower() not in (".yaml", ".yml") or path.name.endswith(CASES):
        raise ScoringError(
            [Problem(str(path), message="规则文件的名称要以 .yaml 结尾", hint="如 cun-rong.yaml")]
        )
    both = path, path.with_name(path.name.removesuffix(path.suffix) + CASES)
    taken = [
        Problem(str(one), message="已经有这个文件，没有改动它", hint="换一个文件名")
        for one in both
        if one.exists()
    ]
    if taken:
        raise ScoringError(taken)
    return both
