"""The verbs that ask something of scores, through the command's entry point with real files."""

from __future__ import annotations

import csv
import json
import random
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from scoring.cli import run

ROOT = Path(__file__).parent.parent
REGISTER = str(ROOT / "fixtures" / "register.xlsx")
VILLAGES = str(ROOT / "fixtures" / "clean" / "villages.csv")
Capture = pytest.CaptureFixture[str]
SEVEN_TO_THREE = ["--parts", "平时=70%,月末=30%"]
RANKING = "名次,村,平时,月末,得分,等次\n1,东岭村,95,90,93.5,优秀\n2,西坡村,92,90,91.4,优秀\n3,南沟村,90,80,87,合格\n"


def written(path: Path, text: str) -> str:
    path.write_text(text, encoding="utf-8")
    return str(path)


def told(capture: Capture, *args: str) -> tuple[int, str, str]:
    """Run the command; return its exit code and what it wrote to both streams."""
    code = run(list(args))
    shown = capture.readouterr()
    return code, shown.out, shown.err


def document(capture: Capture, *args: str) -> Any:
    return json.loads(told(capture, *args, "--format", "json")[1])


# check-ranking.


def test_a_consistent_table_passes_with_what_it_was_checked_for(tmp_path: Path, capfd: Capture) -> None:
    path = written(tmp_path / "排名.csv", RANKING)
    assert told(capfd, "check-ranking", path, *SEVEN_TO_THREE, "--grades", "优秀=90,合格=60") == (
        0,
        "排名.csv: 3 个单位，没有发现问题。核了单位、得分、名次、合计、等次、次序\n"
        "  全表一起排名，没有同分的，两种并列算法一样\n"
        "  得分按 平时×70% + 月末×30%，合计后四舍五入\n"
        "  等次按 优秀 ≥90、合格 ≥60\n",
        "",
    )


def test_every_contradiction_is_listed_and_fails_the_gate(tmp_path: Path, capfd: Capture) -> None:
    wrong = RANKING.replace("91.4", "91.5").replace("3,南沟村", "2,南沟村").replace("87,合格", "87,优秀")
    path = written(tmp_path / "排名.csv", wrong)
    options = [*SEVEN_TO_THREE, "--grades", "优秀=90,合格=60,不合格=0", "--ties", "占位", "--places", "1"]
    code, out, err = told(capfd, "核名次", path, *options)
    assert (code, err) == (1, "")
    assert "3 个单位，有 3 处不对" in out
    for line in (
        ("第3行", "西坡村", "合计", "91.5", "应是 91.4"),
        ("第4行", "南沟村", "名次", "2", "名次应是 3"),
        ("第4行", "南沟村", "等次", "优秀", "应是合格"),
    ):
        assert any(all(word in row for word in line) for row in out.splitlines()), line
    found = document(capfd, "check-ranking", path, *options)
    assert (found["schema"], found["consistent"]) == ("chuangwei/check-ranking/1", False)
    assert [one["printed"] for one in found["tables"][0]["faults"]] == ["91.5", "2", "优秀"]


def test_the_tables_that_score_writes_are_consistent(tmp_path: Path, capfd: Capture) -> None:
    for kind in ("xlsx", "csv"):
        path = str(tmp_path / f"结果.{kind}")
        assert run(["score", VILLAGES, "--units", REGISTER, "--standard", "村庄整治", "-o", path]) == 0
        assert run(["check-ranking", path, "--ties", "占位", "--groups", "类别", "--places", "2"]) == 0
    assert "没有排名表的表头，没有核" in capfd.readouterr().out


def test_a_scheme_says_what_the_bulletin_declares(tmp_path: Path, capfd: Capture) -> None:
    path = written(
        tmp_path / "排名.csv",
        "类别,名次,村,日常,月末集中,附加分,得分,等次\n"
        "行政村,1,东岭村,95,90,1,94.5,优秀\n行政村,2,西坡村,80,80,,80,合格\n",
    )
    code, out, _ = told(capfd, "check-ranking", path, "--scheme", "人居环境月考核")
    assert code == 1
    assert "得分按 日常×70% + 月末集中×30% + 附加分" in out
    assert "80 分评为合格" in out
    assert told(capfd, "check-ranking", path, "--scheme", "YK", "--grades", "优秀=90,合格=60")[0] == 0


@pytest.mark.parametrize(
    ("text", "options", "said"),
    [
        ("", [], "文件是空的"),
        ("甲,乙\n1,2\n", [], "找不到排名表的表头"),
        ("名次,村,得分\n", [], "表头下面没有单位"),
        ("名次,村,得分\n头名,甲,九十\n", [], "得分“九十”读不懂"),
        ("名次,村,得分\n1,\x1b[31m甲\u202e,90\n", [], "有看不见的字符"),
        (RANKING, ["--ties", "跳"], "可用: 占位、连续"),
        (RANKING, ["--parts", "平时70%"], "写成 平时=70%,月末=30% 的样子"),
        (RANKING, ["--parts", "平时=700%"], "不超过 100%"),
        (RANKING, ["--parts", "平时=70%,平时=30%"], "每个名称写一次"),
        (RANKING, ["--parts", "平日=100%"], "是不是“平时”？"),
        (RANKING, ["--groups", "片曲"], "表上没有“片曲”一栏"),
        (RANKING, ["--grades", "优秀=好"], "写这一等的起点分"),
        (RANKING, ["--places", "9"], "写 0 到 4 的整数"),
        (RANKING, ["--full", "满分"], "写数字，如 90"),
        (RANKING, ["--scheme", "某某"], "没有“某某”这个考核办法"),
        (RANKING, ["--format", "xlsx"], "可用: table、json"),
        (RANKING, ["-o", "没有的夹/核.json"], "没有这个文件夹"),
    ],
)
def test_what_cannot_be_checked_is_said(
    text: str, options: list[str], said: str, tmp_path: Path, capfd: Capture
) -> None:
    code, out, err = told(capfd, "check-ranking", written(tmp_path / "排名.csv", text), *options)
    assert (code, out) == (2, "")
    assert said in err
    assert not {"\x1b", "\u202e"} & set(err)


# sample.


def drawn(path: Path) -> list[str]:
    """Return the names in a result file, whatever its kind."""
    if path.suffix == ".json":
        return [one["unit"]["name"] for one in json.loads(path.read_text("utf-8"))["drawn"]]
    if path.suffix == ".xlsx":
        rows = [
            [str(cell or "") for cell in row] for row in openpyxl.load_workbook(path).worksheets[0].values
        ]
    else:
        rows = list(csv.reader(path.read_text("utf-8-sig").splitlines()))
    top = next(at for at, row in enumerate(rows) if row and row[0] == "单位编号")
    return [row[1] for row in rows[top + 1 :]]


def test_nobody_comes_up_again_before_everybody_did_whatever_the_files(
    tmp_path: Path, capfd: Capture
) -> None:
    results: list[Path] = []
    for number, ending in enumerate(("csv", "xlsx", "json"), start=1):
        path = tmp_path / f"第{number}次.{ending}"
        earlier = random.Random(number).sample(results, len(results))
        before = [word for one in earlier for word in ("--before", str(one))]
        options = ["--seed", f"2026-0{number}", "--number", "7", "--kind", "行政村", *before]
        assert run(["sample", "draw", REGISTER, *options, "-o", str(path)]) == 0
        assert f"抽签种子: 2026-0{number}；名册指纹: " in capfd.readouterr().err
        results.append(path)
    names = [name for path in results for name in drawn(path)]
    assert len(names) == len(set(names)) == 21


def test_the_same_draw_again_has_the_same_bytes(tmp_path: Path) -> None:
    for ending in ("csv", "xlsx", "json"):
        made = []
        for name in ("一", "二"):
            path = tmp_path / f"{name}.{ending}"
            options = ["--share", "20%", "--by", "类别,片区", "--least", "2", "--quota", "学校、东片=0"]
            assert run(["抽样", "抽取", REGISTER, "--seed", "福彩3D 506", *options, "-o", str(path)]) == 0
            made.append(path.read_bytes())
        assert made[0] == made[1]


def test_the_notice_says_how_to_repeat_the_draw(capfd: Capture) -> None:
    options = ["--seed", "福彩3D 506", "--share", "20%", "--kind", "行政村,学校"]
    code, out, err = told(capfd, "sample", "draw", REGISTER, *options)
    assert (code, err) == (0, "")
    for words in (
        "抽签结果: 第1次", "抽签种子: 福彩3D 506", "名册: 29个单位（学校、行政村），指纹 ", "每层20%（有零头的进一），至少1个",
        "SHA-256", "行政村  22    5       17",
    ):  # fmt: skip
        assert words in out
    found = document(capfd, "sample", "draw", REGISTER, *options)
    assert found["schema"] == "chuangwei/draw/1"
    assert found["quota"] == {"share": "0.2", "number": None, "least": 1}
    assert [one["drawn"] for one in found["strata"]] == [2, 5]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_drawn_are_a_register_for_forms_and_households(
    ending: str, tmp_path: Path, capfd: Capture
) -> None:
    villages = str(tmp_path / f"抽中.{ending}")
    options = ["--seed", "a", "--number", "3", "--kind", "行政村"]
    assert run(["sample", "draw", REGISTER, *options, "-o", villages]) == 0
    form = tmp_path / "登记表.xlsx"
    assert run(["form", "治五乱", "--units", villages, "-o", str(form)]) == 0
    first, second = tmp_path / f"户一.{ending}", tmp_path / f"户二.{ending}"
    assert run(["sample", "households", villages, "--seed", "b", "--groups", "2", "-o", str(first)]) == 0
    again = ["--groups", "2", "--before", str(first), "-o", str(second)]
    assert run(["抽样", "抽户", villages, "--seed", "b", *again]) == 0
    assert sorted(drawn(first)) == sorted(drawn(second)) == sorted(2 * drawn(Path(villages)))
    assert first.read_bytes() != second.read_bytes()
    found = document(capfd, "sample", "households", villages, "--seed", "b", "--before", str(first))
    assert (found["schema"], found["number"]) == ("chuangwei/household-draw/1", 2)


def test_codes_that_look_like_formulas_come_back_as_they_were(tmp_path: Path, capfd: Capture) -> None:
    rows = "".join(f"=1+{n},-村{n},行政村\n" for n in range(4))
    register = written(tmp_path / "名册.csv", f"单位编号,名称,类别\n{rows}")
    names: list[str] = []
    before: list[str] = []
    for number in (1, 2):
        path = str(tmp_path / f"{number}.csv")
        options = ["--seed", "a", "--number", "2", *before, "-o", path]
        assert run(["sample", "draw", register, *options]) == 0
        assert "\n=" not in Path(path).read_text("utf-8-sig")
        names += drawn(Path(path))
        before += ["--before", path]
    assert len(set(names)) == 4
    assert "不在抽取范围里" not in capfd.readouterr().err


def test_what_was_drawn_and_is_gone_is_said(tmp_path: Path, capfd: Capture) -> None:
    first = str(tmp_path / "一.csv")
    assert run(["sample", "draw", REGISTER, "--seed", "a", "--number", "1", "-o", first]) == 0
    options = ["--seed", "a", "--number", "1", "--kind", "行政村", "--before", first]
    code, _, err = told(capfd, "sample", "draw", REGISTER, *options)
    assert code == 0
    assert "提示: 以前抽过的有5个这次不在抽取范围里: " in err


def test_a_draw_without_a_seed_says_how_to_make_one_in_public(capfd: Capture) -> None:
    code, out, err = told(capfd, "sample", "draw", REGISTER, "--share", "20%")
    assert (code, out) == (2, "")
    assert "没有抽签种子" in err
    assert "当众定一个" in err
    assert "抽签日期加当天公开的开奖号码: 2026-06-30 福彩3D 506" in err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([], "没有写抽多少"),
        (["--share", "20%", "--number", "3"], "--share 和 --number 只写一个"),
        (["--share", "120%"], "不超过 100%"),
        (["--number", "三"], "写 0 到 999999 的整数"),
        (["--number", "3", "--kind", "行政衬"], "是不是“行政村”？"),
        (["--number", "3", "--by", "类型"], "名册没有“类型”这一栏"),
        (["--number", "3", "--quota", "学校"], "写成 学校=50% 或 学校=3 的样子"),
        (["--number", "3", "--quota", "学交=3"], "没有“学交”这一层"),
        (["--number", "3", "--format", "xlsx"], "加 -o"),
        (["--number", "3", "--before", "没有.csv"], "没有这个文件"),
        (["--number", "3", "--before", REGISTER], "这不是抽签结果"),
    ],
)
def test_what_cannot_be_drawn_is_said(options: list[str], said: str, capfd: Capture) -> None:
    code, out, err = told(capfd, "sample", "draw", REGISTER, "--seed", "a", *options)
    assert (code, out) == (2, "")
    assert said in err


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("甲.json", "[1", "JSON 写法有误"),
        ("甲.json", "[]", "这不是抽签结果"),
        ("甲.json", '{"schema": "chuangwei/household-draw/1"}', "这是抽户结果，不是抽签结果"),
        ("甲.json", '{"schema": "chuangwei/draw/1", "number": 1}', "这不是抽签结果"),
        ("甲.json", '{"schema": "chuangwei/draw/1", "number": "x", "drawn": []}', "这不是抽签结果"),
        ("甲.json", '{"schema": "chuangwei/draw/1", "number": 1, "drawn": [{"unit": []}]}', "这不是抽签结果"),
        ("甲.csv", "抽签结果,第1次\n", "这不是抽签结果"),
        ("甲.csv", "抽户结果,第1次\n单位编号,组,走访户号\n", "这是抽户结果，不是抽签结果"),
        ("甲.csv", "抽签结果,第2次\n单位编号,名称\n1,甲\n", "缺第1次的结果"),
        (
            "甲.csv",
            "抽签结果,第1次\n单位编号,名称\n3.40123E+11,甲\n",
            "第3行: 编号“3.40123E+11”被表格软件改过",
        ),
    ],
)
def test_an_earlier_result_that_cannot_be_used_is_said(
    name: str, text: str, said: str, tmp_path: Path, capfd: Capture
) -> None:
    before = written(tmp_path / name, text)
    code, out, err = told(
        capfd, "sample", "draw", REGISTER, "--seed", "a", "--number", "3", "--before", before
    )
    assert (code, out) == (2, "")
    assert said in err


def test_two_results_of_one_number_are_said(tmp_path: Path, capfd: Capture) -> None:
    text = "抽签结果,第1次\n单位编号,名称\n1,甲\n"
    before = [word for name in "甲乙" for word in ("--before", written(tmp_path / f"{name}.csv", text))]
    code, _, err = told(capfd, "sample", "draw", REGISTER, "--seed", "a", "--number", "3", *before)
    assert (code, err) == (2, "甲.csv: 和 乙.csv 都是第1次的结果。只给一个\n")


def test_an_earlier_result_is_never_written_over(tmp_path: Path, capfd: Capture) -> None:
    first = tmp_path / "一.csv"
    asked = ["sample", "draw", REGISTER, "--seed", "a", "--number", "1", "-o", str(first)]
    assert run(asked) == 0
    before = first.read_bytes()
    code, _, err = told(capfd, *asked, "--before", str(first))
    assert code == 2
    assert "-o 会盖掉名册或以前的结果" in err
    assert first.read_bytes() == before
    again = ["sample", "draw", str(first), "--seed", "a", "--number", "1", "-o", str(first)]
    assert told(capfd, *again)[0] == 2


def test_a_household_result_that_was_changed_by_hand_is_said(tmp_path: Path, capfd: Capture) -> None:
    text = "抽户结果,第1次\n单位编号,名称,组,走访户号\n1,甲,三,12、45\n"
    before = written(tmp_path / "户.csv", text)
    options = ["--seed", "a", "--kind", "行政村", "--before", before]
    code, _, err = told(capfd, "sample", "households", REGISTER, *options)
    assert (code, err) == (2, "户.csv 第3行: 组或户号读不懂。不要改结果文件；改过的请重新抽取后写出\n")


# target.


def test_the_cheapest_way_from_the_latest_visit(capfd: Capture) -> None:
    asked = ["target", VILLAGES, "石桥村", "优秀", "--units", REGISTER, "--standard", "治五乱"]
    code, out, err = told(capfd, *asked)
    assert (code, err) == (0, "")
    assert "2026-06-29 月末集中检查（刘芳、王秀英）: 79.00（合格）" in out
    assert "到优秀: 整改下面 1 件就到 95.00（优秀）" in out
    assert "WL-01   垃圾乱倒    较重        2026-06-30 17:30  +16分" in out
    assert "提示: 一共评了4次，公布的得分取各次的平均；上面只算这一次" in out
    assert told(capfd, "达标", *asked[1:])[1] == out
    found = document(capfd, *asked)
    assert (found["schema"], found["reached"]) == ("chuangwei/target/1", True)
    assert [fix["gain"] for fix in found["targets"][0]["fixes"]] == ["16"]


def test_a_day_may_be_named(capfd: Capture) -> None:
    asked = [VILLAGES, "石桥村", "优秀", "--units", REGISTER, "--standard", "治五乱", "--date", "2026-06-04"]
    assert "2026-06-04 日常检查" in told(capfd, "target", *asked)[1]


def test_a_grade_out_of_reach_says_why_and_fails_the_gate(tmp_path: Path, capfd: Capture) -> None:
    with Path(VILLAGES).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))[:1]
    rows[0] |= {"露天焚烧": "未查（没走到）"}
    sheet = tmp_path / "一次.csv"
    with sheet.open("w", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, rows[0]).writeheader()
        csv.DictWriter(file, rows[0]).writerows(rows)
    asked = [str(sheet), "东岭村", "优秀", "--units", REGISTER, "--standard", "治五乱"]
    code, out, _ = told(capfd, "target", *asked)
    assert code == 1
    assert "到不了优秀" in out
    assert "WL-04 露天焚烧垃圾 未查，可能一票否决" in out
    assert document(capfd, "target", *asked)["reached"] is False


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["东岭邨", "优秀"], "没有“东岭邨”的检查。是不是“东岭村”？"),
        (["东岭村", "优良"], "没有“优良”这个等次。可用: 优秀、"),
        (["东岭村", "优秀", "--date", "2026-01-01"], "东岭村在 2026-01-01 没有检查。查过的日子: 2026-06-"),
        (["东岭村", "优秀", "--date", "昨天"], "--date 的日期“昨天”读不懂"),
        (["东岭村"], "没给检查表，也没写轮次。"),
    ],
)
def test_a_question_that_cannot_be_answered_is_said(words: list[str], said: str, capfd: Capture) -> None:
    code, out, err = told(capfd, "target", VILLAGES, *words, "--units", REGISTER)
    assert (code, out) == (2, "")
    assert said in err


def test_a_unit_left_out_for_its_problems_shows_them(capfd: Capture) -> None:
    messy = str(ROOT / "fixtures" / "messy" / "villages.csv")
    assessed = json.loads(told(capfd, "score", messy, "--units", REGISTER, "--format", "json")[1])
    name = assessed["unscored"][0]["name"]
    code, out, err = told(capfd, "target", messy, name, "优秀", "--units", REGISTER)
    assert (code, out) == (2, "")
    assert "villages.csv 第" in err


# consistency.

EXAMPLES = ROOT / "docs" / "examples"
DOUBLE = EXAMPLES / "shuang-cha.csv"
OURS = ["--units", str(EXAMPLES / "ming-ce.csv"), "--standard", str(EXAMPLES / "cun-rong.yaml")]


def test_each_figure_comes_with_its_reading(capfd: Capture) -> None:
    code, out, err = told(capfd, "一致性", str(DOUBLE), *OURS)
    assert (code, err) == (0, "")
    for words in (
        "双查 2 次，不到 5 次，只供参考",
        "判定一致 82%: 两边都查了的条款，100 条里约有 18 条判得不同",
        "得分相差 2.75 分: 同一天查同一单位，两边的得分平均差这么多",
        "分歧: CB-06 房前屋后杂物乱放，2 次双查中 1 次判得不同",
        "偏松，不到 5 次，只供参考",
        "明察比暗访平均高 4.50 分，2 个单位两种都有，不到 5 个，只供参考",
    ):
        assert words in out
    found = document(capfd, "consistency", str(DOUBLE), *OURS)
    assert (found["schema"], found["doubles"]) == ("chuangwei/consistency/1", 2)
    assert found["pairs"][0]["differ"] == ["CB-06"]
    assert [one["inspector"] for one in found["leniency"]] == ["周涛", "张伟", "刘芳"]


def test_neither_order_nor_split_of_the_sheets_changes_a_byte(tmp_path: Path, capfd: Capture) -> None:
    head, *rows = DOUBLE.read_text("utf-8").splitlines()
    random.Random(1).shuffle(rows)
    parts = [
        written(tmp_path / f"{name}.csv", "\n".join([head, *some]))
        for name, some in (("一", rows[:3]), ("二", rows[3:]))
    ]
    whole = told(capfd, "consistency", str(DOUBLE), *OURS, "--format", "json")
    assert told(capfd, "consistency", *parts, *OURS, "--format", "json") == whole


def test_sheets_with_problems_are_compared_as_far_as_they_go(capfd: Capture) -> None:
    messy = str(ROOT / "fixtures" / "messy" / "villages.csv")
    code, out, err = told(capfd, "consistency", messy, "--units", REGISTER)
    assert code == 2
    assert "尺度" in out
    assert "villages.csv 第" in err


def test_a_source_cannot_be_announced_and_unannounced(capfd: Capture) -> None:
    code, _, err = told(capfd, "consistency", str(DOUBLE), *OURS, "--announced", "日常,暗访")
    assert code == 2
    assert "“暗访”不能又算打了招呼又算没打招呼" in err


@pytest.mark.parametrize(
    "args",
    [
        ["target", VILLAGES, "石桥村", "优秀", "--units", REGISTER],
        ["consistency", VILLAGES, "--units", REGISTER],
        ["sample", "draw", REGISTER, "--seed", "a", "--number", "1"],
        ["sample", "households", REGISTER, "--seed", "a", "--kind", "行政村"],
    ],
    ids=lambda args: " ".join(args[:2]),
)
def test_a_file_is_written_whole_in_the_format_of_its_ending(
    args: list[str], tmp_path: Path, capfd: Capture
) -> None:
    path = tmp_path / "结果.json"
    code, out, err = told(capfd, *args, "-o", str(path))
    assert (code, out) == (0, "")
    assert f"已写到 {path}" in err
    assert json.loads(path.read_text("utf-8"))["schema"].startswith("chuangwei/")
    assert [one.name for one in tmp_path.iterdir()] == ["结果.json"]
