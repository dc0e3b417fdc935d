"""申诉, 豁免 and 附加分 as a clerk works them: through the command, by either name, with its exit codes."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
from scoring.cli import run
from scoring.cli.chinese import _negatives_last

from scoring import open_store
from tests.store_support import CLEAN
from tests.test_cli import chuangwei

Say = Callable[[str], tuple[int, str, str]]
COUNTS = ((3, 0), (1, 2), (0, 5))
FILE = "appeal file 2026-06 村1 --date 2026-06-03 --about WL-01 --reason 照片是邻村的 --by 赵刚"
DECIDE = "appeal decide 1 更正 --set 垃圾乱倒处数=0 --reason 照片核对过 --by 孙丽"
GRANT = "waiver grant 村3 WL-09 --from 2026-06-01 --until 2026-06-30 --reason 堆场在建 --by 孙丽"


@pytest.fixture
def say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Say:
    """Run a command beside a round that was opened, imported and scored; return its exit code and what it says."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CHUANGWEI_DB", "考核.db")
    Path("名册.csv").write_text(
        "单位编号,名称,类别,片区\n1,村1,行政村,东\n2,村2,行政村,东\n3,村3,行政村,西\n", "utf-8"
    )
    rows = [",".join(("被检单位", "检查日期", "检查人员", *CLEAN))]
    for number, (rubbish, straw) in enumerate(COUNTS, start=1):
        answers = CLEAN | {"垃圾乱倒处数": rubbish, "柴草乱放处数": straw, "绿化率": "95%"}
        rows.append(",".join((f"村{number}", "2026-06-03", "李建国、王秀英", *map(str, answers.values()))))
    Path("六月.csv").write_text("\n".join(rows), "utf-8")

    def say(command: str) -> tuple[int, str, str]:
        code = run(shlex.split(command))
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    opening = "--scheme YK --starts 2026-06-01 --ends 2026-06-30 --units 名册.csv --by 李建国"
    for command in (
        f"round open 2026-06 {opening}", "round import 2026-06 六月.csv --by 李建国", "round score 2026-06 --by 王秀英"
    ):  # fmt: skip
        assert say(command)[0] == 0
    return say


def test_an_appeal_goes_from_filing_to_the_notice_by_either_name(say: Say) -> None:
    assert say("round close 2026-06 --by 王秀英")[0] == 0
    assert say(FILE) == (0, "", "已记为第1号申诉: 村1 2026-06-03 日常 李建国、王秀英，待复核\n")
    code, shown, _ = say("申诉 查看 1")
    assert code == 0
    assert "待复核" in shown
    assert "  垃圾乱倒处数: 3\n" in shown
    code, shown, told = say(DECIDE)
    assert (code, told) == (0, "第1号申诉: 更正\n")
    assert "这次检查（WL）: 原94.00分，更正后100.00分" in shown
    assert say("申诉 更正说明 1") == (0, shown, "")
    assert say("appeal notice 1 -o 说明.txt")[0] == 0
    assert Path("说明.txt").read_text("utf-8") == shown
    assert say("appeal show 1")[1] == shown
    listed = say("申诉 列表")[1]
    assert listed == say("appeal list 2026-06")[1]
    assert listed.splitlines()[-1].endswith("更正")
    assert say("audit verify")[0] == 0
    assert say("round rank 2026-06")[1].splitlines()[3].split()[1:3] == ["1", "村1"]


def test_an_upheld_appeal_has_no_notice(say: Say) -> None:
    say(FILE)
    assert say("申诉 裁定 1 维持 --reason 记录无误 --by 孙丽") == (0, "", "第1号申诉: 维持\n")
    assert "裁定: 维持" in say("appeal show 1")[1]
    assert say("appeal notice 1")[0] == 2


def test_a_waiver_is_granted_shown_beside_the_rank_listed_and_revoked(say: Say) -> None:
    plain = say("round rank 2026-06")[1]
    assert say(GRANT) == (0, "", "第1号豁免: 村3 WL-09，2026-06-01 至 2026-06-30\n")
    assert say("round score 2026-06 --by 王秀英")[0] == 0
    ranks = say("round rank 2026-06")[1]
    assert "不豁免时" in ranks
    assert next(line.split()[4:6] for line in ranks.splitlines() if "村3" in line) == ["100.00", "95.00"]
    for day, state in (("2026-05-31", "未开始"), ("2026-06-30", "有效"), ("2026-07-01", "已过期")):
        assert state in say(f"豁免 列表 --on {day}")[1]
    assert say("豁免 撤销 1 --reason 建好了 --by 孙丽")[0] == 0
    assert "已撤销" in say("waiver list --on 2026-07-01")[1]
    assert say("round score 2026-06 --by 王秀英")[0] == 0
    assert say("round rank 2026-06")[1] == plain


def test_a_waiver_that_reaches_into_a_closed_round_says_that_it_changes_nothing_there(say: Say) -> None:
    assert say("round close 2026-06 --by 王秀英")[0] == 0
    assert "提示: 2026-06已结束，不因这次豁免改变" in say(GRANT)[2]


@pytest.mark.parametrize("verb", ["round extra", "轮次 附加分"])
def test_points_are_added_and_taken(say: Say, verb: str) -> None:
    assert say(f"{verb} 2026-06 村2 -2 --reason 信访 --by 李建国") == (
        0, "", "“2026-06” 村2 附加分 -2，评分时算进去\n"
    )  # fmt: skip
    assert say(f"{verb} 2026-06 村3 1.5 --reason 获奖 --by 李建国")[0] == 0
    say("round score 2026-06 --by 王秀英")
    scores = {line.split()[2]: line.split()[4] for line in say("round rank 2026-06")[1].splitlines()[3:]}
    assert scores == {"村1": "94.00", "村2": "94.00", "村3": "96.50"}


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (FILE.replace("2026-06-03", "六月三日"), "--date 的日期“六月三日”读不懂"),
        (FILE.replace("村1", "村7"), "这一轮没有“村7”"),
        (DECIDE, "没有第1号申诉"),
        (DECIDE.replace(" 1 ", " 一 "), "申诉号 的值“一”不是号码"),
        (DECIDE.replace("更正", "驳回"), "裁定 没有“驳回”这一种。可用: 维持、更正"),
        (DECIDE.replace("=0", ""), "“垃圾乱倒处数”读不懂。写成 垃圾乱倒处数=2 的样子"),
        (DECIDE + " --set 垃圾乱倒处数=1", "“垃圾乱倒处数”写了两次"),
        ("appeal notice 1 -o 没有/说明.txt", "没有第1号申诉"),
        (GRANT.replace("WL-09", "WL-90"), "没有条款“WL-90”"),
        (GRANT.replace(" --until 2026-06-30", ""), "缺"),
        ("waiver revoke x --reason 撤 --by 孙丽", "豁免号 的值“x”不是号码"),
        ("round extra 2026-06 村2 两分 --reason 获奖 --by 李建国", "分数 的值“两分”不是分数"),
        (
            "round extra 2026-06 村2 2000 --reason 获奖 --by 李建国",
            "附加分不能是 2000。最多1000分，最多两位小数",
        ),
        ("round extra 2026-06 村2 1e999 --reason 获奖 --by 李建国", "附加分不能是"),
        ("round extra 2026-06 村2 0 --reason 获奖 --by 李建国", "附加分是 0"),
    ],
)
def test_what_cannot_be_is_exit_two_with_the_way_out(say: Say, command: str, said: str) -> None:
    code, shown, told = say(command)
    assert (code, shown) == (2, "")
    assert said in told


def test_the_installed_command_knows_the_verbs(tmp_path: Path) -> None:
    open_store(tmp_path / "考核.db").close()
    done = chuangwei("申诉", "列表", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "没有申诉\n", "")


@pytest.mark.parametrize(
    ("given", "read"),
    [
        (["村1", "-2", "--by", "李"], ["村1", "--by", "李", "--", "-2"]),
        (["--by", "-2", "村1"], ["--by", "-2", "村1"]),
        (["村1", "--", "-2"], ["村1", "--", "-2"]),
        (["村1", "-o", "x"], ["村1", "-o", "x"]),
    ],
)
def test_a_number_below_nought_is_a_value_and_no_option(given: list[str], read: list[str]) -> None:
    assert _negatives_last(given) == read
