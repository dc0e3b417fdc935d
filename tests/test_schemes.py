"""Schemes as files: the shipped ones, their cases, the documents, the schema for editors, the command."""

from __future__ import annotations

import hashlib
import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from scoring.cli import run

from scoring.check.cases import Outcome
from scoring.check.scheme_cases import run_scheme_cases
from scoring.errors import ScoringError
from scoring.explain.readback_scheme import scheme_sentences
from scoring.load.document import MOST
from scoring.load.rule_file import fitted, read_document
from scoring.load.rules import (
    holds_scheme,
    load_scheme,
    load_scheme_cases,
    load_schemes,
    read_scheme,
    scheme_cases_beside,
    shipped,
    shipped_schemes,
)
from scoring.load.schemes import find_schemes, scheme_outcomes
from scoring.load.strict_yaml import read_yaml
from scoring.rule.scheme import Scheme, scheme_file_schema
from scoring.rule.scheme_casefile import SchemeCaseFile
from tests.round_support import scheme
from tests.support import infer
from tests.test_load import HOSTILE
from tests.test_load_mistakes import BASE
from tests.test_scheme_mistakes import MISTAKES, MONTH, STANDARDS, YEAR

ROOT = Path(__file__).parent.parent
SCHEMES = {one.name: one for one in shipped_schemes()}
TESTS = [(one.name, outcome) for one in shipped_schemes() for outcome in scheme_outcomes(one)]
PAGE = (ROOT / "docs" / "guide" / "schemes.md").read_text("utf-8")
BLOCKS = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
VALIDATOR = Draft202012Validator(scheme_file_schema())
each_scheme = pytest.mark.parametrize("one", SCHEMES.values(), ids=SCHEMES)


# The shipped schemes


@pytest.mark.parametrize(
    "outcome", [one for _, one in TESTS], ids=[f"{name} {one.name}" for name, one in TESTS]
)
def test_every_case_comes_out_as_written(outcome: Outcome) -> None:
    assert outcome.differences == ()


@each_scheme
def test_a_shipped_scheme_is_proposed_has_cases_and_uses_shipped_standards(one: Scheme) -> None:
    assert one.provisional
    assert len(scheme_outcomes(one)) >= 4
    assert {used.id for used in one.standards} <= {standard.id for standard in shipped()}


@each_scheme
def test_a_shipped_scheme_judges_every_kind_its_standards_are_for(one: Scheme) -> None:
    known = {standard.id: set(standard.kinds) for standard in shipped()}
    for used in one.standards:
        assert set(used.kinds or ()) == known[used.id]


def test_no_scheme_has_the_name_of_a_standard() -> None:
    names = {name for one in shipped() for name in (one.id, one.name)}
    assert names.isdisjoint(name for one in shipped_schemes() for name in (one.id, one.name))


def test_there_are_schemes_for_month_quarter_year_and_a_single_round() -> None:
    assert {one.period for one in shipped_schemes()} == {"月", "季", "年", "单次"}
    assert SCHEMES["人居环境月考核"].shares == {"日常": Decimal("0.7"), "月末集中": Decimal("0.3")}


# Reading


def test_a_scheme_knows_its_file(tmp_path: Path) -> None:
    path = tmp_path / "试验.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + MONTH.replace("\n", "\r\n").encode())
    one = load_scheme(path, STANDARDS)
    assert (one.path, one.sha256) == (path, hashlib.sha256(path.read_bytes()).hexdigest())
    assert hashlib.sha256(one.text.encode()).hexdigest() == one.sha256
    assert read_scheme(one.text).model_dump() == read_scheme(MONTH).model_dump()
    assert holds_scheme(path)
    assert scheme_cases_beside(one) is None


def test_two_files_hold_one_number_only_with_different_days(tmp_path: Path) -> None:
    old, new = tmp_path / "旧.yaml", tmp_path / "新.yaml"
    for path in (old, new):
        path.write_text(MONTH, "utf-8")
    with pytest.raises(
        ScoringError, match=f"新.yaml: 编号“SY”、施行 2026-01-01 与 {old} 相同。.*另一办法换一个编号"
    ):
        load_schemes([old, new])
    new.write_text(MONTH.replace("2026-01-01", "2027-01-01"), "utf-8")
    assert [one.starts.year for one in load_schemes([old, new], STANDARDS)] == [2026, 2027]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_files_end_soon_in_a_few_problems(text: str) -> None:
    with pytest.raises(ScoringError) as caught:
        read_scheme(text)
    assert len(caught.value.problems) <= MOST + 1


def test_a_list_without_end_is_cut_off() -> None:
    many = "".join(f"- {{标准: T, 占: 1%, 适用: [第{number}类]}}\n" for number in range(20_000))
    with pytest.raises(ScoringError, match="第8行第1列: 太多，最多50个"):
        read_scheme(re.sub(r"(标准:\n)(- .*\n)+", lambda found: found[1] + many, MONTH, count=1))


def test_shares_are_exact() -> None:
    one = scheme(来源="{甲: {占: 33.33%}, 乙: {占: 33.33%}, 丙: {占: 33.34%}}")
    assert [str(share) for share in one.shares.values()] == ["0.3333", "0.3333", "0.3334"]


# The schema for editors


def test_the_published_schema_is_current_and_a_schema() -> None:
    published = ROOT / "docs" / "schema" / "scheme.schema.json"
    assert json.loads(published.read_text("utf-8")) == scheme_file_schema(), "run: make docs"
    Draft202012Validator.check_schema(scheme_file_schema())


@pytest.mark.parametrize(
    "text", [MONTH, YEAR, *(one.text for one in SCHEMES.values())], ids=lambda text: text[:20]
)
def test_right_files_pass_the_schema(text: str) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(_plain(read_yaml(text, "").data))] == []


MARKED = """
键写错一个字、少了周期、周期没有这一种、编号是小写、占没写百分号、占用了全角的百分号、来源写成列表、来源的词写错、保留太多位、
连续只要一轮、督办的天数没写单位
"""


@pytest.mark.parametrize("name", re.split("、\n?", MARKED.strip()))
def test_an_editor_marks(name: str) -> None:
    mistake = next(one for one in MISTAKES if one.name == name)
    assert not VALIDATOR.is_valid(_plain(read_yaml(mistake.text, "").data))


def _plain(data: Any) -> Any:
    return json.loads(json.dumps(data, default=float))


def test_an_editor_shows_what_every_key_is_for() -> None:
    nodes = [scheme_file_schema(), *scheme_file_schema()["$defs"].values()]
    own = [node for node in nodes if "文号" not in node.get("properties", {})]
    keys = [(key, one) for node in own for key, one in node.get("properties", {}).items()]
    assert [key for key, one in keys if "description" not in one] == ["核定", "文件", "条文"]


def test_an_editor_shows_chinese_only() -> None:
    text = json.dumps(scheme_file_schema(), ensure_ascii=False)
    assert '"title"' not in text
    for description in re.findall(r'"description": "([^"]*)"', text):
        assert re.search("[a-z]{3}", description) is None


# The guide


def test_the_guide_shows_schemes_that_load_and_cases_that_come_out() -> None:
    month, year, cases = BLOCKS
    assert read_scheme(year, standards=shipped()).period == "年"
    path = ROOT / "docs" / "guide" / "schemes.md"
    law = read_scheme(month, standards=shipped())
    found = list(run_scheme_cases(law, _cases(cases, path), infer=infer))
    assert found
    assert [one.differences for one in found] == [()] * len(found)


def _cases(text: str, path: Path) -> Any:
    return fitted(SchemeCaseFile, read_document(text.encode(), str(path)), {}, lambda _: ())


def test_the_guide_names_every_key_of_a_scheme() -> None:
    keys = set(scheme_file_schema()["properties"]) - {
        "考核办法",
        "编号",
        "依据",
        "分值来源",
        "说明",
        "施行",
        "废止",
    }
    named = set(re.findall("[\u4e00-\u9fff]+", "".join(re.findall(r"^\|([^|]*)\|", PAGE, re.MULTILINE))))
    assert keys <= named


# Cases


def test_a_case_that_comes_out_otherwise_says_how(tmp_path: Path) -> None:
    text = """
单位: [{名称: 甲村, 类别: 行政村}, {名称: 乙村, 类别: 行政村}]
情形:
- 名称: 样样都不符
  检查: {甲村: {日常: [90, {得分: 80, 日期: 2026-03-01}]}, 乙村: {日常: 80～90}}
  应算出:
    甲村: {得分: 86, 等次: 优秀, 名次: 2, 倒数名次: 3, 荣誉: [红旗], 奖励: {奖: 5}, 不排名: 没查}
    乙村: {得分: 85, 名次: 1}
- 名称: 写错单位
  检查: {甲村: {日常: 90}, 丙村: {日常: 90}}
  附加: [{单位: 丁, 加: 1, 理由: 无}]
  应算出: {甲村: {得分: 90}}
- 名称: 办法里没有的
  检查: {甲村: {平时: 90}}
  附加: [{单位: 甲村, 加: 1, 理由: 无}]
  应算出: {甲村: {得分: 90}}
- 名称: 没有这个标准的得分
  检查: {甲村: {日常: 90}}
  应算出: {甲村: {标准: U, 得分: 90}}
"""
    law = scheme(来源="{日常: {占: 100%}}")
    assert [(one.name, one.differences) for one in run_scheme_cases(law, _cases(text, tmp_path), infer=infer)] == [
        (
            "样样都不符",
            (
                "甲村 得分应为 86，算得 85", "甲村 等次应为 优秀，算得 良好", "甲村 名次应为 2，算得 1",
                "甲村 倒数名次应为 3，算得 1", "甲村 荣誉应为 红旗，算得 无", "甲村 奖励应为 奖 5元，算得 无",
                "甲村 不排名应为 没查，算得 排了名", "乙村 得分应为 85，算得 80～90", "乙村 名次应为 1，算得 不排名",
            ),
        ),
        ("写错单位", ("单位里没有“丙村”。可用: 甲村、乙村；是不是“甲村”？", "单位里没有“丁”。可用: 甲村、乙村")),
        ("办法里没有的", ("本办法没有“平时”这个来源。可用: 日常", "本办法没有附加分。在办法里写 附加: {最高加: 5, 最高扣: 10}")),
        ("没有这个标准的得分", ("甲村 没有标准“U”的得分",)),
    ]  # fmt: skip


def test_a_case_must_say_which_of_several_standards(tmp_path: Path) -> None:
    text = """
单位: [{名称: 甲村, 类别: 行政村}]
情形:
- 名称: 没写标准
  检查: {甲村: {日常: 90}}
  应算出: {甲村: {得分: 90}}
- 名称: 应算出没写标准
  检查: {甲村: {日常: [{得分: 90, 标准: T}, {得分: 80, 标准: U}]}}
  应算出: {甲村: {得分: 90}}
"""
    law = scheme(标准="[{标准: T}, {标准: U}]")
    assert [one.differences for one in run_scheme_cases(law, _cases(text, tmp_path), infer=infer)] == [
        ("甲村 日常: 行政村用几个标准，写明是哪个，如 {得分: 90, 标准: T}",),
        ("甲村 有几个得分（T、U），写明标准",),
    ]


def test_what_is_wrong_with_a_case_file_has_its_place(tmp_path: Path) -> None:
    path = tmp_path / "试验.cases.yaml"
    path.write_text(
        "单位: [{名称: 甲村}]\n情形:\n- 名称: 甲\n  检查: {甲村: {日常: [九十, {得分: 好, 查到: 0.5}]}}\n  应算出: {甲村: {分: 9}}\n",
        "utf-8",
    )
    with pytest.raises(ScoringError) as caught:
        load_scheme_cases(path)
    assert [str(problem).removeprefix(f"{path} ") for problem in caught.value.problems] == [
        "第1行第6列: 缺“类别”",
        "第4行第18列: “九十”应是得分，写 90，或 85～92，或 未查",
        "第4行第27列: “好”应是得分，写 90，或 85～92，或 未查",
        "第4行第34列: “0.5”应写成 70% 的样子",
        "第5行第14列: “分”: 不认识的键。可用: 标准、得分、等次、名次、倒数名次、荣誉、奖励、不排名；是不是“得分”？",
    ]


# By name, and on the command line


def test_schemes_are_found_by_number_name_and_file(tmp_path: Path) -> None:
    path = tmp_path / "月.yaml"
    path.write_text(MONTH, "utf-8")
    for name, standard in (("T", STANDARDS[0]), ("U", STANDARDS[1])):
        (tmp_path / f"{name}.yaml").write_text(_text_of(standard.id), "utf-8")
    names = [
        "YK",
        "人居环境月考核",
        str(path),
        "WL",
        str(tmp_path / "T.yaml"),
        str(tmp_path / "U.yaml"),
        "无.yaml",
    ]
    found, rest = find_schemes(names)
    assert [one.id for one in found] == ["YK", "SY"]
    assert rest == ["WL", *names[4:]]
    with pytest.raises(ScoringError, match="没有编号“T”的标准"):
        find_schemes([str(path)])


def _text_of(id: str) -> str:
    return BASE.replace("编号: T", f"编号: {id}").replace("T-0", f"{id}-0")


def test_the_command_lists_shows_checks_and_tests_schemes(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert run(["rules", "list"]) == 0
    assert "YK  人居环境月考核  周期: 月  标准: WL、WH、SB  拟定分值，仅供试评" in capsys.readouterr().out
    assert run(["rules", "check", "YK"]) == 0
    said = capsys.readouterr().out
    assert said.endswith("\n人居环境月考核: 没有发现错误\n")
    assert "治五乱" not in said
    assert run(["rules", "show", "WL", "DCJ"]) == 0
    shown = capsys.readouterr().out
    assert "治五乱（WL）" in shown
    assert "单次检查（DCJ）" in shown
    assert run(["rules", "test", "YK", "WL"]) == 0
    assert re.search(
        r"人居环境月考核: 试算19例，0例不符\n\n?治五乱: 试算\d+例，0例不符；", capsys.readouterr().out
    )
    assert run(["rules", "test", "YK", "--all"]) == 0
    assert "\n  通过  范围的两头都是优秀的，等次已定，补助照发\n" in capsys.readouterr().out
    assert run(["rules", "schema", "--scheme"]) == 0
    assert json.loads(capsys.readouterr().out) == scheme_file_schema()


def test_the_command_tells_what_is_wrong_with_a_scheme(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("坏.yaml").write_text((SCHEMES["人居环境月考核"].text).replace("占: 70%", "占: 60%"), "utf-8")
    assert run(["rules", "check", "坏.yaml"]) == 2
    assert (
        "坏.yaml 第16行第3列: 各来源的占合计 90%，应是 100%（日常 60%、月末集中 30%）"
        in capsys.readouterr().err
    )
    source = SCHEMES["单次检查"].path
    assert source is not None
    Path("试.yaml").write_text(SCHEMES["单次检查"].text, "utf-8")
    cases = source.with_name("dan-ci-jian-cha.cases.yaml").read_text("utf-8")
    Path("试.cases.yaml").write_text(cases.replace("得分: 85.5", "得分: 85"), "utf-8")
    assert run(["rules", "test", "试.yaml"]) == 1
    assert (
        "  不符  查了几次取平均，不分来源\n        东岭村 得分应为 85，算得 85.5\n" in capsys.readouterr().out
    )


def test_a_scheme_is_read_aloud() -> None:
    assert list(scheme_sentences(read_scheme(MONTH))) == [
        "试验月考核（SY）  周期: 月  2026-01-01 起施行  拟定分值，仅供试评",
        "  行政村: T 占 60%",
        "  行政村: U 占 40%",
        "  自然村: U 占 100%",
        "  日常占 70%",
        "  月末集中占 30%",
        "  暗访并入日常",
        "  市检只通报，不计分",
        "  同一来源查了几次，取平均",
        "  缺一种检查或一轮得分的单位，其余的折算",
        "  等次: 优秀 90 分起、良好 80 分起、合格 60 分起、不合格 0 分起；得分保留2位小数，逐级四舍五入",
        "  在同一类别、片区里排名，同分的名次相同，后面的名次空出；条款查到不足 60% 的不排名",
        "  红旗: 得分 ≥ 90 且 名次 ≤ 3",
        "  黄旗: 得分 < 80 且 倒数名次 ≤ 3（只给行政村）",
        "  约谈: 连着2轮黄旗",
        "  奖励金: 第1名 2000 元、第2名 1500 元，并列的平分",
        "  补助: 优秀 3000 元、合格 2400 元",
        "  重复到第2次: 扣分乘 2",
        "  重复到第3次（日常查到的）: 扣分乘 3",
        "  逾期: 扣分加 1 分",
        "  暗访查到的，扣分加倍",
        "  逾期3天，报【包村领导】",
        "  复查不合格2次，报乡长",
        "  附加分: 最多加5分，最多扣10分",
    ]
    year = list(scheme_sentences(read_scheme(YEAR)))
    assert "  各类单位: 按 T 计分，单独排名" in year
    assert "  下级轮次（季）的得分取平均，占 60%" in year
    assert "  年底（本轮自己的检查）占 30%" in year
    assert "  年度先进: 下级轮次（季）里连着4轮优秀" in year
