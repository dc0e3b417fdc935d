"""The scaffold of a new standard loads, passes its own tests, and overwrites nothing."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from scoring.cli import run

from scoring.api import outcomes
from scoring.load.rules import cases_beside, load_standard
from scoring.load.skeleton import skeleton

NEW_YEAR = dt.date(2026, 1, 1)


def made(folder: Path, *more: str, name: str = "村庄环境") -> Path:
    path = folder / "村庄.yaml"
    assert run(["rules", "new", name, "--id", "VH", "-o", str(path), *more]) == 0
    return path


def test_a_new_standard_loads_and_passes_what_it_says_of_itself(tmp_path: Path) -> None:
    standard = load_standard(made(tmp_path, "--starts", "2027-03-01"))
    assert (standard.name, standard.id, standard.starts) == ("村庄环境", "VH", dt.date(2027, 3, 1))
    assert {clause.id.partition("-")[0] for clause in standard.clauses} == {"VH"}
    cases = cases_beside(standard)
    assert cases is not None
    found = outcomes(standard)
    assert len(found) > len(cases.cases) > 5
    assert [one for one in found if not one.passed] == []


def test_a_new_standard_is_checked_and_tested_by_the_command(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = made(tmp_path)
    assert run(["标准", "检查", str(path)]) == 0
    assert run(["标准", "试算", str(path)]) == 0
    shown = capfd.readouterr()
    assert "没有发现错误" in shown.out
    assert "0例不符" in shown.out
    assert "村庄.cases.yaml" in shown.err


def test_it_shows_several_shapes_and_says_in_the_file_what_every_key_is_for(tmp_path: Path) -> None:
    standard = load_standard(made(tmp_path))
    assert len({type(clause.price) for clause in standard.clauses}) >= 4
    text = (tmp_path / "村庄.yaml").read_text("utf-8")
    keys = ("标准", "编号", "依据", "分值来源", "适用", "施行", "等次", "一票否决", "合理缺项", "登记表", "计算", "满分", "原文",
            "出处", "扣分情形", "扣分", "严重程度", "整改", "算例", "不适用", "结论")  # fmt: skip
    for key in keys:
        lines = [line for line in text.splitlines() if line.lstrip("- ").startswith(f"{key}:")]
        assert any(" # " in line for line in lines), key
    assert "docs/guide/format.md" in text


@pytest.mark.parametrize(
    "name", ["CR考核", "是", "no", "2026年标准", "a: b", "#1", "it's", "? 甲", "2026-01-01", "村容示例"]
)
def test_any_name_is_written_so_that_it_is_read_back(name: str, tmp_path: Path) -> None:
    standard = load_standard(made(tmp_path, name=name))
    assert (standard.name, standard.id) == (name, "VH")


def test_nothing_is_overwritten(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = made(tmp_path)
    path.unlink()
    cases = tmp_path / "村庄.cases.yaml"
    before = cases.read_bytes()
    assert run(["rules", "new", "别的", "--id", "BD", "-o", str(path)]) == 2
    assert "村庄.cases.yaml: 已经有这个文件，没有改动它。换一个文件名" in capfd.readouterr().err
    assert (path.exists(), cases.read_bytes()) == (False, before)


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["村容", "--id", "cr"], "“cr”写法不对。大写字母开头，如 WL、YK"),
        (["甲，乙", "--id", "CR"], "里有全角标点"),
        (["村容", "--id", "CR", "-o", "村容.txt"], "规则文件的名称要以 .yaml 结尾"),
        (["村容", "--id", "CR", "-o", "村容.cases.yaml"], "规则文件的名称要以 .yaml 结尾"),
        (["村容", "--id", "CR", "--starts", "开年"], "--starts 的日期“开年”读不懂"),
        (["村容"], "缺少 --id"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_a_mistake_is_said_and_nothing_is_written(
    args: list[str],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["rules", "new", *args]) == 2
    assert said in capfd.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_the_same_words_make_the_same_file() -> None:
    assert skeleton("村容", "CR", NEW_YEAR) == skeleton("村容", "CR", NEW_YEAR)


def test_nothing_in_the_skeleton_is_doubtful(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "check", str(made(tmp_path)), "--strict"]) == 0
    assert "没有疑点" in capfd.readouterr().out
