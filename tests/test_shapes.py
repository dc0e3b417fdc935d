"""Every price shape read aloud: a sheet of faults, one of blanks and one without fault, against golden ledgers."""

from __future__ import annotations

import json
import os
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest

from scoring.errors import ScoringError
from scoring.explain.ledger import ledger
from scoring.explain.readback import bonus_sentence, clause_sentence, computed_sentence
from scoring.inspection import Answer, NotChecked, Unit
from scoring.load.rules import read_standard
from scoring.report.result import to_json
from tests.support import scorer, visit
from tests.test_load_mistakes import SHAPES

GOLDEN = Path(__file__).parent / "golden"
SCHEMA = json.loads((GOLDEN.parent.parent / "docs" / "schema" / "score-1.schema.json").read_text("utf-8"))
LAW = read_standard(SHAPES)
VILLAGE = Unit("1", "东岭村", "行政村", details={"人口": "1,000人".replace(",", "")})
CLEAN: dict[str, Answer] = {
    "暴露垃圾处数": Decimal(0), "柴草处数": Decimal(0), "走访户数": Decimal(15), "厕所坏户数": Decimal(0),
    "保洁员人数": Decimal(4), "满意度": Decimal("0.95"), "路段等级": "二类", "有计划": "是", "有总结": "是",
    "村容得分": Decimal(20), "棚子复查": "未到期",
}  # fmt: skip
FAULTS: dict[str, Answer] = CLEAN | {
    "暴露垃圾处数": Decimal(2), "柴草处数": Decimal(8), "走访户数": Decimal(100), "厕所坏户数": Decimal(6),
    "保洁员人数": Decimal(2), "满意度": Decimal("0.7650"), "有计划": "否", "有总结": "否",
    "村容得分": Decimal("12.5"), "偷倒扣分": Decimal(35), "棚子复查": "整改不到位",
}  # fmt: skip
BLANKS: dict[str, Answer] = {
    "走访户数": Decimal(8), "厕所坏户数": Decimal(3), "有计划": "否", "路段等级": "二类",
    "满意度": NotChecked("没做问卷"),
}  # fmt: skip
WHY = {"村容得分": "村口整洁，背街杂乱", "偷倒扣分": "夜间偷倒两车建筑垃圾"}


def _read(answers: dict[str, Answer]) -> str:
    card = next(scorer(LAW).cards(visit(answers, VILLAGE, columns=frozenset(LAW.form), reasons=WHY)))
    return "\n".join(ledger(card)) + "\n"


@pytest.mark.parametrize(
    ("name", "answers"),
    [("faults", FAULTS), ("blanks", BLANKS), ("clean", CLEAN)],
    ids=lambda one: str(one)[:6],
)
def test_the_ledger_of_every_shape_is_the_golden_one(name: str, answers: dict[str, Answer]) -> None:
    path = GOLDEN / f"shapes-{name}.txt"
    found = _read(answers)
    if os.environ.get("CHUANGWEI_RENEW"):
        path.write_text(found, "utf-8")
    assert found == path.read_text("utf-8")


def test_every_shape_is_read_back_in_a_sentence() -> None:
    path = GOLDEN / "shapes-readback.txt"
    assert LAW.bonus is not None
    lines = [
        *(computed_sentence(name, card) for name, card in LAW.computed.items()),
        *(clause_sentence(clause, LAW) for clause in LAW.clauses),
        *(bonus_sentence(clause, LAW) for clause in LAW.bonus.clauses),
    ]
    found = "\n".join(lines) + "\n"
    if os.environ.get("CHUANGWEI_RENEW"):
        path.write_text(found, "utf-8")
    assert found == path.read_text("utf-8")


@pytest.mark.parametrize("answers", [FAULTS, BLANKS, CLEAN], ids=["faults", "blanks", "clean"])
def test_the_document_of_every_shape_obeys_its_schema(answers: dict[str, Answer]) -> None:
    found = scorer(LAW).score([visit(answers, VILLAGE, columns=frozenset(LAW.form), reasons=WHY)])
    jsonschema.validate(json.loads(to_json(found)), SCHEMA, jsonschema.Draft202012Validator)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"村容得分": Decimal("17.5")}, "17.5 不在任何一档里。各档: 好 18～20、中 10～17、差 0～9"),
        ({"村容得分": Decimal(21)}, "21 超出范围。应在 0 到 20 之间"),
        ({"偷倒扣分": Decimal(60)}, "60 超出范围。应在 20 到 50 之间"),
        ({"偷倒扣分": Decimal("20.125")}, "分数最多两位小数，不是 20.125。如 17 或 17.5"),
        ({"棚子复查": "已改"}, "没有“已改”这个选项。可用: 已整改、整改不到位、未到期；是不是“已整改”？"),
    ],
)
def test_points_outside_the_limits_are_refused(changes: dict[str, Answer], said: str) -> None:
    with pytest.raises(ScoringError) as caught:
        list(scorer(LAW).cards(visit(CLEAN | changes, VILLAGE, reasons=WHY)))
    assert str(caught.value).endswith(said)


def test_points_without_a_reason_are_refused() -> None:
    with pytest.raises(ScoringError) as caught:
        list(scorer(LAW).cards(visit(CLEAN, VILLAGE, reasons={"村容得分": "  "})))
    assert str(caught.value) == "东岭村 2022-06-10 “村容得分”: 打了分，没写理由。在“村容得分理由”栏写上为什么"


def test_a_register_that_holds_no_number_is_named() -> None:
    unit = Unit("1", "东岭村", "行政村", details={"人口": "约一千"})
    with pytest.raises(ScoringError) as caught:
        list(scorer(LAW).cards(visit(CLEAN, unit, reasons=WHY)))
    assert "名册的人口“约一千”用不上。改名册里的这一栏，或填在检查表上" in str(caught.value)


def test_what_the_sheet_says_goes_before_the_register() -> None:
    card = next(scorer(LAW).cards(visit({**CLEAN, "人口": 600}, VILLAGE, reasons=WHY)))  # type: ignore[dict-item]
    assert (card.derived.values["应配人数"], card.derived.registered) == (Decimal(2), ())
    card = next(scorer(LAW).cards(visit(CLEAN, VILLAGE, reasons=WHY)))
    assert (card.derived.values["应配人数"], card.derived.registered) == (Decimal(4), ("人口",))


def test_a_bonus_that_the_sheet_does_not_ask_for_is_not_claimed() -> None:
    asked = visit({**FAULTS, "走访户数": NotChecked()}, VILLAGE, reasons=WHY)
    unasked = visit({name: one for name, one in FAULTS.items() if name != "走访户数"}, VILLAGE, reasons=WHY)
    open_, closed = (next(scorer(LAW).cards(one)).bonus for one in (asked, unasked))
    assert (open_.low, open_.high) == (0, 4)
    assert (closed.low, closed.high) == (0, 0)


def test_a_part_larger_than_its_whole_is_refused() -> None:
    law = read_standard(SHAPES.replace("样本: 走访户数 ≥ 15}", "样本: 走访户数 ≥ 15, 不多于: 走访户数}"))
    with pytest.raises(ScoringError) as caught:
        list(scorer(law).cards(visit({**CLEAN, "厕所坏户数": Decimal(16)}, VILLAGE, reasons=WHY)))
    assert str(caught.value).endswith("“厕所坏户数”: 16 多于“走访户数”的 15。看看哪个数填错了")
