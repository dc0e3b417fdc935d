"""Two versions of a standard compared: what changed, in sentences, and nothing else."""

from __future__ import annotations

import json
import random
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scoring.cli import run

from scoring.diff.change import Kind
from scoring.diff.standards import diff
from scoring.load.rules import load_standard, read_standard, shipped
from scoring.report.difference import diff_text
from scoring.rule.clause import BonusClause, Clause
from scoring.rule.price import Flat
from scoring.rule.standard import Standard
from tests.strategies import standards
from tests.support import HEAD, clause

ROOT = Path(__file__).parent.parent
FORM = """登记表:
  甲处数: {填: 数量, 单位: 处}
  乙: {填: 是否}
  丙率: {填: 百分比}
  容许: {填: 数量, 单位: 处}
计算:
  放宽: {算: 容许 + 1, 填: 数量, 单位: 处}
"""
BONUS = """加分:
  最高加: 4
  条款:
  - {编号: T-J1, 名称: 称号, 原文: 试验, 出处: 试验, 加分情形: 乙 = 是, 加分: 2, 算例: [{乙: 是, 加: 2}]}
"""


def law(*cards: str, head: str = HEAD, form: str = FORM, bonus: str = BONUS) -> str:
    return f"{head}{form}项目:\n- 名称: 村容\n  满分: 100\n  条款:\n{''.join(cards)}{bonus}"


ONE = clause(1, "甲处数 > 0", "{每处: 2, 最高扣: 10}")
TWO = clause(2, "乙 = 是", "5")
THREE = clause(3, "甲处数 > 放宽", "{每超1处: 1}")


def said(old: str, new: str) -> list[str]:
    return [
        f"{one.part} {one.name} {one.text}" for one in diff(read_standard(old), read_standard(new)).changes
    ]


def affected(old: str, new: str) -> tuple[str, ...]:
    return diff(read_standard(old), read_standard(new)).affected


@pytest.mark.parametrize("one", shipped(), ids=lambda one: one.name)
def test_a_standard_does_not_differ_from_itself(one: Standard) -> None:
    assert (diff(one, one).changes, diff(one, one).affected) == ((), ())


MUTATIONS: dict[str, Any] = {
    "name": "改过的",
    "source_text": "改过的原话",
    "citation": "别处",
    "kinds": ("自然村",),
    "exempt": "丁 = 是",
    "ends": None,
    "when": "丁 = 否",
    "price": Flat(Decimal("7.77")),
    "severity": "轻微",
    "veto": None,
    "paper": True,
    "remedy": None,
}
SILENT = {"id", "starts", "note", "accepted", "examples"}


def mutated(card: Clause, key: str) -> Clause:
    value = MUTATIONS[key]
    if key == "ends":
        value = card.starts or __import__("datetime").date(2030, 1, 1)
    elif key == "veto":
        value = not card.veto
    elif key == "remedy":
        value = card.remedy.model_copy(update={"person": "别人"})
    elif getattr(card, key) == value:
        value = {"kinds": ("行政村",), "exempt": "丁 = 否", "when": "丁 = 是"}[key]
    return card.model_copy(update={key: value})


def changed(standard: Standard, keys: dict[str, str], order: random.Random | None = None) -> Standard:
    """Return a standard with some clauses mutated, in one key each, and the file's order changed."""
    items = []
    for item in standard.items:
        cards = [mutated(one, keys[one.id]) if one.id in keys else one for one in item.clauses]
        if order:
            order.shuffle(cards)
        items.append(item.model_copy(update={"clauses": tuple(cards)}))
    if order:
        order.shuffle(items)
    return standard.model_copy(update={"items": tuple(items)})


def test_every_key_of_a_clause_is_known_to_these_tests() -> None:
    assert MUTATIONS.keys() | SILENT == Clause.model_fields.keys()
    assert BonusClause.model_fields.keys() <= Clause.model_fields.keys()


@given(st.data())
def test_just_the_mutated_clauses_are_named(data: st.DataObject) -> None:
    standard = data.draw(standards())
    ids = [one.id for one in standard.clauses]
    keys = data.draw(st.dictionaries(st.sampled_from(ids), st.sampled_from(sorted(MUTATIONS))))
    other = changed(standard, keys, random.Random(data.draw(st.integers(0, 99))))
    found = diff(standard, other)
    assert set(found.affected) == {one.name for one in found.changes} == set(keys)
    assert len(found.changes) == len(keys)
    assert {one.kind for one in found.changes} <= {Kind.CHANGED}


@given(standards(), st.integers(0, 99))
def test_the_order_of_a_file_changes_nothing(standard: Standard, seed: int) -> None:
    assert diff(standard, changed(standard, {}, random.Random(seed))).changes == ()


def test_each_key_is_said_in_one_sentence() -> None:
    new = clause(1, "甲处数 > 1", "{每处: 3, 最高扣: 12}", 名称="柴草", 不适用="乙 = 是", 一票否决="是", 适用="[行政村]", 严重程度="严重",
                 整改="{要求: 改好, 期限: 5个工作日, 责任人: 会计}", 算例="[{扣: 未查}, {甲处数: 2, 扣: 6}]", 痕迹类="是")  # fmt: skip
    assert said(law(ONE, TWO), law(new, TWO)) == [
        "条款 T-01 名称由“条1”改为“柴草”",
        "条款 T-01 写上了适用“行政村”",
        "条款 T-01 写上了不适用“乙 = 是”",
        "条款 T-01 扣分情形由“甲处数 > 0”改为“甲处数 > 1”",
        "条款 T-01 扣分由“每处扣2分，最高扣10分”改为“每处扣3分，最高扣12分”",
        "条款 T-01 严重程度由“一般”改为“严重”",
        "条款 T-01 一票否决由“否”改为“是”",
        "条款 T-01 痕迹类由“否”改为“是”",
        "条款 T-01 要求由“改”改为“改好”",
        "条款 T-01 期限由“3天”改为“5个工作日”",
        "条款 T-01 责任人由“村主任”改为“会计”",
        "条款 T-01 算例改了（1个改为2个）",
    ]


def test_what_is_written_otherwise_but_says_the_same_is_no_change() -> None:
    other = clause(1, "（甲处数＞0）", "{最高扣: 10.00, 每处: 2.0}")
    assert said(law(ONE), law(other)) == []
    bands = HEAD.replace(
        "{优秀: 90, 合格: 60, 不合格: 0}", "{优秀: ≥90, 合格: 60～90（不含90）, 不合格: <60}"
    )
    assert said(law(ONE), law(ONE, head=bands)) == []


def test_the_head_of_a_standard_is_compared_too() -> None:
    basis = "依据:\n  文件: {name}\n  条文:\n    一: 甲，{words}试验\n{more}"
    one = HEAD.replace("依据: 试验\n", basis.format(name="老办法", words="", more=""))
    two = HEAD.replace("依据: 试验\n", basis.format(name="新办法", words="乙，", more="    二: 丙试验\n"))
    two = two.replace(
        "分值来源: 拟定", "分值来源: {核定: {文号: 某政发〔2026〕1号, 日期: 2026-01-01}}"
    ).replace("等次定为不合格", "不予评定等级")
    quoted = clause(1, "甲处数 > 0", "2", 出处="一")
    bonus = BONUS.replace("出处: 试验", "出处: 一")
    assert said(
        law(quoted, head=one, bonus=bonus),
        law(quoted, head=two + "严重条款达: 3\n标化分: 200\n", bonus=bonus),
    ) == [
        "标准  文件由“老办法”改为“新办法”",
        "标准  条文 一 由“甲，试验”改为“甲，乙，试验”",
        "标准  写上了条文 二 “丙试验”",
        "标准  分值来源由“拟定”改为“某政发〔2026〕1号，2026-01-01”",
        "标准  写上了标化分“200”",
        "标准  一票否决由“等次定为不合格”改为“不予评定等级”",
        "标准  写上了严重条款达“3”",
    ]
    other = two.replace("1号", "2号")
    assert said(law(quoted, head=two, bonus=bonus), law(quoted, head=other, bonus=bonus)) == [
        "标准  文号由“某政发〔2026〕1号”改为“某政发〔2026〕2号”"
    ]
    assert said(law(ONE), law(quoted, head=one, bonus=bonus))[0] == "标准  依据由“试验”改为“老办法”"


LAWS = [
    *shipped(),
    *(
        load_standard(path)
        for path in sorted((ROOT / "docs" / "examples").glob("*.yaml"))
        if ".cases" not in path.name
    ),
]


@pytest.mark.parametrize("one", LAWS, ids=lambda one: one.name)
def test_any_two_standards_can_be_compared(one: Standard) -> None:
    for other in LAWS:
        found = diff(one, other)
        assert bool(found.changes) == (one is not other)
        assert all(change.text for change in found.changes)
        assert diff_text(found).endswith(f"影响条款: {'、'.join(found.affected) or '无'}\n")


def test_clauses_that_came_and_went() -> None:
    assert said(law(ONE), law(TWO)) == [
        "条款 T-01 删去: 条1: 甲处数大于0的，每处扣2分，最高扣10分。一般问题，3天内整改: 改（【被检单位】，村主任）。",
        "条款 T-02 新增: 条2: 乙是“是”的，扣5分。一般问题，3天内整改: 改（【被检单位】，村主任）。",
    ]
    assert affected(law(ONE), law(TWO)) == ("T-01", "T-02")


def test_a_repeal_is_said_with_its_day() -> None:
    assert said(law(ONE), law(clause(1, "甲处数 > 0", "{每处: 2, 最高扣: 10}", 废止="2026-07-01"))) == [
        "条款 T-01 写上了废止“2026-07-01”"
    ]


def test_a_later_version_in_the_same_file_is_a_succession() -> None:
    later = clause(1, "甲处数 > 0", "{每处: 3, 最高扣: 10}", 施行="2026-07-01")
    (found,) = diff(read_standard(law(ONE, TWO)), read_standard(law(TWO, later, ONE))).changes
    assert (found.kind, found.name) == (Kind.SUCCEEDED, "T-01")
    assert found.text == "2026-07-01 起用新版: 扣分由“每处扣2分，最高扣10分”改为“每处扣3分，最高扣10分”"
    (gone,) = diff(read_standard(law(ONE, later)), read_standard(law(ONE))).changes
    assert (gone.kind, gone.text[:19]) == (Kind.REMOVED, "删去 2026-07-01 施行的一版")


def test_a_day_edited_in_place_is_no_succession() -> None:
    later = clause(1, "甲处数 > 0", "{每处: 2, 最高扣: 10}", 施行="2026-07-01")
    assert said(law(ONE), law(later)) == ["条款 T-01 写上了施行“2026-07-01”"]
    newer = HEAD.replace("施行: 2022-01-01", "施行: 2026-01-01")
    assert said(law(ONE), law(ONE, head=newer)) == ["标准  施行由“2022-01-01”改为“2026-01-01”"]


def test_fields_and_computed_fields_and_who_rests_on_them() -> None:
    form = FORM.replace("容许: {填: 数量, 单位: 处}", "容许: {填: 数量, 单位: 处, 最大: 9}").replace(
        "丙率: {填: 百分比}", "丁: {填: 是否}"
    )
    assert said(law(ONE, TWO, THREE), law(ONE, TWO, THREE, form=form)) == [
        "检查项 丁 新增，填是否",
        "检查项 丙率 删去",
        "检查项 容许 写上了最大“9”",
    ]
    assert affected(law(ONE, TWO, THREE), law(ONE, TWO, THREE, form=form)) == ("T-03",)
    wider = FORM.replace("容许 + 1", "容许 + 2")
    assert said(law(ONE, THREE), law(ONE, THREE, form=wider)) == ["计算 放宽 算由“容许 + 1”改为“容许 + 2”"]
    assert affected(law(ONE, THREE), law(ONE, THREE, form=wider)) == ("T-03",)


def test_notes_tests_and_accepted_doubts_concern_no_clause() -> None:
    noted = clause(
        1,
        "甲处数 > 0",
        "{每处: 2, 最高扣: 10}",
        说明="记住",
        接受疑点="{疑01: 有理由}",
        算例="[{扣: 未查}, {甲处数: 1, 扣: 2}]",
    )
    assert len(said(law(ONE), law(noted))) == 3
    assert affected(law(ONE), law(noted)) == ()


def test_items_grades_bonus_and_conclusions() -> None:
    old = law(ONE, TWO) + "结论: {好: [T-01]}\n"
    new = law(
        ONE,
        TWO,
        bonus=BONUS.replace("最高加: 4", "最高加: 6").replace("加分: 2", "加分: 3"),
        head=HEAD.replace("优秀: 90", "优秀: 95"),
    )
    new = (
        new.replace("名称: 村容\n  满分: 100", "名称: 村貌\n  满分: 120")
        + "结论: {好: [T-02, T-01], 净: [T-02]}\n"
    )
    assert said(old, new) == [
        "标准  等次由“优秀 90，合格 60，不合格 0”改为“优秀 95，合格 60，不合格 0”",
        "项目 村貌 名称由“村容”改为“村貌”",
        "项目 村貌 满分由“100”改为“120”",
        "加分  最高加由“4”改为“6”",
        "加分 T-J1 加分由“加2分”改为“加3分”",
        "结论 净 新增，看 T-02",
        "结论 好 由“T-01”改为“T-01、T-02”",
    ]
    assert affected(old, new) == ("T-01", "T-02", "T-J1")


def test_a_clause_moved_to_another_item() -> None:
    two = (
        f"{HEAD}{FORM}项目:\n- 名称: 村容\n  满分: 60\n  条款:\n{ONE}- 名称: 别的\n  满分: 40\n  条款:\n{TWO}"
    )
    moved = two.replace(TWO, clause(3, "乙 = 否", "1")).replace(ONE, ONE + TWO)
    assert "条款 T-02 由项目“别的”移到“村容”" in said(two, moved)


NEW = {
    "每处: 2, 最高扣: 16": "每处: 1, 最高扣: 16",
    "{垃圾乱倒处数: 3, 扣: 6}": "{垃圾乱倒处数: 3, 扣: 3}",
    "{垃圾乱倒处数: 9, 扣: 16}": "{垃圾乱倒处数: 20, 扣: 16}",
    "养殖情况: {填: 选项": "禽舍数: {填: 数量, 单位: 处}\n  养殖情况: {填: 选项",
}


@pytest.fixture
def versions(tmp_path: Path) -> tuple[str, str]:
    """The shipped 治五乱 and a milder one, both with their cases."""
    folder = ROOT / "rules" / "standards"
    text = (folder / "zhi-wu-luan.yaml").read_text("utf-8")
    for one, other in NEW.items():
        assert text.count(one) == 1
        text = text.replace(one, other)
    path = tmp_path / "新版.yaml"
    path.write_text(text, encoding="utf-8")
    cases = (folder / "zhi-wu-luan.cases.yaml").read_text("utf-8")
    (tmp_path / "新版.cases.yaml").write_text(cases, encoding="utf-8")
    return "治五乱", str(path)


def test_the_command_says_it_all(versions: tuple[str, str], capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "diff", *versions]) == 0
    assert capfd.readouterr().out.splitlines() == [
        "治五乱（WL，2022-01-01 施行） → 治五乱（WL，2022-01-01 施行）",
        "检查项",
        "  “禽舍数”: 新增，填数量，单位处",
        "条款",
        "  WL-01 垃圾乱倒: 扣分由“每处扣2分，最高扣16分”改为“每处扣1分，最高扣16分”",
        "  WL-01 垃圾乱倒: 算例改了",
        "旧标准的样板和情形",
        "  样板: 旧标准得100分（优秀），新标准得100分（优秀）",
        "  24个情形，1个结果不同",
        "  垃圾十处到顶扣十六分，再加白色污染两处: 旧标准得82分（良好），新标准得88分（良好）",
        "  新标准多问的按未查: 禽舍数",
        "影响条款: WL-01",
    ]


def test_json_says_the_same(versions: tuple[str, str], capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["标准", "对比", *versions, "--format", "json"]) == 0
    document = json.loads(capfd.readouterr().out)
    assert (document["schema"], document["affected"]) == ("chuangwei/diff/0", ["WL-01"])
    assert [(one["part"], one["name"], one["key"]) for one in document["changes"]] == [
        ("检查项", "禽舍数", ""),
        ("条款", "WL-01", "扣分"),
        ("条款", "WL-01", "算例"),
    ]
    moved = [one for one in document["sheets"] if one["old"] != one["new"]]
    assert [(one["old"]["low"], one["new"]["low"]) for one in moved] == [("82.00", "88.00")]
    assert document["unanswered"] == ["禽舍数"]


def test_a_later_law_judges_the_old_sheet_by_its_own_day(
    versions: tuple[str, str], capfd: pytest.CaptureFixture[str]
) -> None:
    path = Path(versions[1])
    path.write_text(path.read_text("utf-8").replace("施行: 2022-01-01", "施行: 2027-01-01"), encoding="utf-8")
    assert run(["rules", "diff", *versions]) == 0
    assert "样板: 旧标准得100分（优秀），新标准得100分（优秀）" in capfd.readouterr().out


def test_without_cases_nothing_is_scored(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "一.yaml"
    path.write_text(law(ONE, TWO), encoding="utf-8")
    assert run(["rules", "diff", str(path), str(path)]) == 0
    assert capfd.readouterr().out.splitlines()[1:] == ["没有不同", "影响条款: 无"]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["治五乱"], "缺少 新"),
        (["治五乱", "治五亂"], "没有“治五亂”这个标准"),
        (["治五乱", "治五乱", "--format", "csv"], "可用: text、json"),
    ],
)
def test_a_mistake_is_said_with_the_way_out(
    args: list[str], said: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["rules", "diff", *args]) == 2
    assert said in capfd.readouterr().err
