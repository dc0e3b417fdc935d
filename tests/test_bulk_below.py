"""A round made of rounds below comes to the same at scale as in the standings, by any scheme with 组成."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scoring.cli import run as main

from scoring.bulk.rank.below import Below
from scoring.bulk.rank.cards import NO_CARDS
from scoring.bulk.rank.run import rank
from scoring.errors import ScoringError
from scoring.judge.standing import LowerScore
from scoring.rule.scheme import Scheme
from tests.round_support import scheme, standings
from tests.test_bulk_rank import alike, cards, told, wanted
from tests.test_judge_properties import UNITS, Round, lowers, schemes
from tests.test_judge_properties import lines as drawn

HEAD = ("单位编号", "类别", "标准", "得分", "最低", "最高")
MONTHS = scheme(周期="季", 标准="[{标准: T}]", 组成="[{轮次: 月, 占: 100%}]")


def written(law: Scheme, lower: Sequence[LowerScore], folder: Path) -> list[Below]:
    """Write each round below as the file of its places, the oldest first; of a part without any an empty one."""
    found = []
    for part in law.parts:
        own = [one for one in lower if part.rounds in (one.round, one.period)]
        rounds = sorted({(one.ends, one.round) for one in own}) or [(dt.date.min, "没有")]
        for _, name in rounds if part.rounds else []:
            path = folder / f"{part.name} {name}.csv"
            rows = [
                (one.unit.id, one.unit.kind, one.standard, "", one.low, one.high)
                for one in own
                if one.round == name
            ]
            with path.open("w", encoding="utf-8-sig", newline="") as file:
                csv.writer(file).writerows([HEAD, *rows])
            found.append(Below(part.name, path))
    return found


@given(
    schemes().filter(lambda law: bool(law.parts)),
    st.lists(drawn(), max_size=20),
    st.lists(lowers(), max_size=20),
    st.booleans(),
)
def test_the_places_are_those_of_the_standings(
    law: Scheme, cards_: list[object], below: list[LowerScore], given_: bool
) -> None:
    one = Round(law, cards_, below, [])  # type: ignore[arg-type]
    used = {each.id for each in law.standards}
    lower = [each for each in one.lower if each.standard in used or law.combined]
    lines = [each for each in one.lines if each.standard in used and law.judges_itself]
    if (not lines and not lower) or ("片区" in law.groups and not given_):
        return
    units = UNITS if given_ else []
    ours = dict(wanted(law, standings(law, lines, (), lower, units=units)))
    with TemporaryDirectory() as name:
        rounds = written(law, lower, Path(name))
        theirs = told(law, cards(lines) if lines else NO_CARDS, units, rounds)
    assert ours.keys() == theirs.keys()
    for key, each in ours.items():
        assert alike(each, theirs[key]), (key, each, theirs[key])


def table(path: Path, *rows: tuple[object, ...], head: Sequence[str] = HEAD) -> Path:
    path.write_text("\n".join(",".join(map(str, row)) for row in (head, *rows)) + "\n", encoding="utf-8")
    return path


APRIL = ("1", "行政村", "T", "90", "90", "90")


@pytest.mark.parametrize(
    ("part", "rows", "message"),
    [
        ("季", [APRIL], "组成里没有“季”"),
        ("月", [APRIL, APRIL], "同一轮有两个得分"),
        ("月", [("1", "行政村", "U", "90", "90", "90")], "用不上“U”的得分"),
        ("月", [("1", "行政村", "T", "优", "优", "优")], "不是排名"),
    ],
)
def test_what_is_no_round_below_is_refused_and_nothing_is_written(
    part: str, rows: list[tuple[object, ...]], message: str, tmp_path: Path
) -> None:
    april = table(tmp_path / "四月.csv", *rows)
    with pytest.raises(ScoringError, match=message):
        rank(None, MONTHS, tmp_path / "季.csv", rounds=[Below(part, april)])
    assert [one.name for one in tmp_path.iterdir()] == ["四月.csv"]


def test_all_that_is_wrong_with_the_rounds_below_is_told_together(tmp_path: Path) -> None:
    good, bad = table(tmp_path / "四月.csv", APRIL), table(tmp_path / "五月.csv", ("1",), head=("单位",))
    (tmp_path / "六月.parquet").write_bytes(b"PAR1")
    asked = [Below("季", good), Below("月", bad), Below("月", tmp_path / "六月.parquet")]
    with pytest.raises(ScoringError) as caught:
        rank(None, MONTHS, tmp_path / "季.csv", rounds=asked)
    said = str(caught.value)
    assert "组成里没有“季”" in said and said.count("不是排名") == 2


def test_a_quarter_is_ranked_with_a_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, scores in (("四月", (90, 80)), ("五月", (85, 88)), ("六月", (92, 70))):
        rows = [(id, "行政村", "", score, score, score) for id, score in zip("12", scores, strict=True)]
        table(tmp_path / f"{name}.csv", *rows)
    months = [part for name in ("四月", "五月", "六月") for part in ("--below", f"月={name}.csv")]
    assert main(["bulk", "rank", "--scheme", "JDK", *months, "-o", "二季度.csv"]) == 0
    assert "2个单位有名次" in capfd.readouterr().out
    first, second = (tmp_path / "二季度.csv").read_text("utf-8-sig").splitlines()[1:]
    assert first.startswith("1,行政村,,89.00,") and second.startswith("2,行政村,,79.33,")
    assert main(["bulk", "rank", "--scheme", "JDK", "-o", "无.csv"]) == 2
    assert "没给“月”各轮的排名" in capfd.readouterr().err
    assert main(["bulk", "rank", "--scheme", "NDK", "--below", "二季度.csv", "-o", "无.csv"]) == 2
    assert "写成 月=四月排名.csv" in capfd.readouterr().err
