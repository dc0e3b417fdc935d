"""Sheets of replies: rows become steps, all of them or none, and the same sheet twice changes nothing."""

from __future__ import annotations

import csv
import io
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import pytest

from scoring.errors import ScoringError
from scoring.rectify.lifecycle import URGES, Act, Move, State
from scoring.report.ledger import ledger
from scoring.sheets.replies import read_replies
from scoring.store import Store
from scoring.store.replies import Filing
from tests.store_support import AT, LITTER, day, issued, littered, store

HEAD = "问题编号,被检单位,检查日期,检查项,点位,签收日期,完成日期,整改人,说明,核查日期,核查人,核查结果,延期至,批准人,理由,照片"
FOUND = [littered(0, 3, "村口"), littered(1, 3, "河边"), littered(2, 4)]


def sheet(folder: Path, *rows: str, head: str = HEAD, name: str = "回复.csv") -> Path:
    path = folder / name
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return path


def take_in(found: Store, *paths: Path) -> Filing:
    return found.orders.take_in(read_replies(paths, found.orders.units()), who="录入员", at=AT)


def states(found: Store) -> list[str]:
    return [one.life.state.value for one in found.orders.find(day(30, 12))]


def refused(found: Store, *paths: Path) -> list[str]:
    """Return what is said of sheets that are refused; nothing may have been written."""
    head = found.trail.head()
    with pytest.raises(ScoringError) as caught:
        take_in(found, *paths)
    assert found.trail.head() == head
    assert all(problem.hint for problem in caught.value.problems)
    return [str(problem) for problem in caught.value.problems]


def test_a_row_is_up_to_four_steps_in_the_order_of_their_days(database: str, tmp_path: Path) -> None:
    found = issued(database, FOUND)
    rows = (
        "六月-0001,,,,,2026-06-04,2026/6/10,赵主任,清了,2026年6月11日,钱 甲,合格,2026-06-20,乡长 孙立,下雨,后1.jpg、后2.jpg",
        ",村2,2026-06-03,垃圾乱倒处数,河边,,2026-06-05,周主任,,2026-06-06,钱科长,不合格,,,,",
        ",村3,2026-06-04,垃圾乱倒处数,,2026-06-05,,,,,,,,,,",
        "六月-0003,村3,,,,,,,,,,,,,,",
    )
    path = sheet(tmp_path, *rows)
    assert take_in(found, path) == Filing(7, 0, 1)
    _, steps = found.orders.history("六月-0001")
    assert [(each.act, each.on.day, each.who) for each in steps] == [
        ("交办", 3, "李"), ("签收", 4, "保洁员"), ("延期", 4, "乡长 孙立"), ("整改", 10, "赵主任"), ("复核合格", 11, "钱甲"),
    ]  # fmt: skip
    assert steps[2].body["until"] == "2026-06-20"
    assert steps[3].body["evidence"] == ["后1.jpg", "后2.jpg"]
    assert {each.by for each in steps[1:]} == {"录入员"}
    assert states(found) == ["已销号", "已签收", "已签收"]
    head = found.trail.head()
    assert take_in(found, path) == Filing(0, 7, 1)
    assert found.trail.head() == head
    assert found.trail.verify()[1] is None
    found.close()


def test_an_order_sent_back_and_done_again_is_told_in_rows_of_any_order(tmp_path: Path) -> None:
    rows = [
        "六月-0001,,,,,,2026-06-05,赵主任,,2026-06-06,钱科长,不合格,,,,",
        "六月-0001,,,,,,2026-06-06,赵主任,,2026-06-08,钱科长,不合格,,,,",
        "六月-0001,,,,,,2026-06-09,赵主任,,2026-06-09,钱科长,合格,,,,",
        "六月-0001,,,,,2026-06-04,,,,,,,,,,",
    ]
    lives = set()
    for number in range(4):
        random.Random(number).shuffle(rows)
        found = issued(tmp_path / f"{number}.db", FOUND)
        take_in(found, *(sheet(tmp_path, row, name=f"{n}.csv") for n, row in enumerate(rows)))
        one, _ = found.orders.history("六月-0001")
        lives.add(str(one.life))
        assert (one.life.state, one.life.redo) == (State.CLOSED, 2)
        found.close()
    assert len(lives) == 1


def test_the_ledger_is_filled_in_and_imported_again(tmp_path: Path) -> None:
    found = issued(tmp_path / "考核.db", [*FOUND, littered(0, 17, "村口")])
    path = tmp_path / "整改台账.xlsx"
    path.write_bytes(ledger(found.orders.find(day(20)), day(20), "xlsx"))
    assert take_in(found, path) == Filing(0, 0, 3)
    book = openpyxl.load_workbook(path)
    page = book["整改台账"]
    titles = [cell.value for cell in page[2]]
    filled = {
        "签收日期": day(4),
        "完成日期": day(8),
        "整改人": "赵主任",
        "核查日期": "2026-06-09",
        "核查人": "钱科长",
        "核查结果": "合格",
    }
    for title, value in filled.items():
        page.cell(3, titles.index(title) + 1, value)
    book.save(path)
    assert take_in(found, path) == Filing(3, 0, 2)
    one, _ = found.orders.history("六月-0001")
    assert one.life.state is State.CLOSED
    for kind in ("xlsx", "csv"):
        again = tmp_path / f"再.{kind}"
        again.write_bytes(ledger(found.orders.find(day(20)), day(20), kind))
        assert take_in(found, again) == Filing(0, 3, 2)
    found.close()


def test_every_step_in_the_ledger_is_known_when_it_comes_back(tmp_path: Path) -> None:
    found = issued(tmp_path / "考核.db", FOUND)
    numbers = [one.number for one in found.orders.find(day(30))]
    for move in (
        Move(Act.RECEIVE, day(5), "李四"), Move(Act.EXTEND, day(6), "乡长", "下雨", day(25)), Move(Act.REPLY, day(7), "赵"),
        Move(Act.FAIL, day(8), "钱"), Move(Act.URGE, day(9), "钱", to=URGES[0]), Move(Act.REPLY, day(10), "赵"),
        Move(Act.PASS, day(11), "钱"),
    ):  # fmt: skip
        found.orders.step(numbers, move, who="李", at=AT)
    path = tmp_path / "台账.csv"
    path.write_bytes(ledger(found.orders.find(day(30)), day(30), "csv"))
    assert take_in(found, path) == Filing(0, 12, 0)
    row = next(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))
    assert (row["是否销号"], row["催办次数"], row["备注"]) == ("是", "1", "复查1次不合格")
    found.close()


def test_text_from_outside_is_no_formula_in_the_ledger(tmp_path: Path) -> None:
    found = issued(tmp_path / "考核.db", [littered(0, 3, "=1+1")])
    orders = found.orders.find(day(20))
    path = tmp_path / "台账.xlsx"
    path.write_bytes(ledger(orders, day(20), "xlsx"))
    cells = [cell for row in openpyxl.load_workbook(path).active.iter_rows() for cell in row]
    assert "=1+1" in [cell.value for cell in cells if cell.data_type == "s"]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert "'=1+1" in ledger(orders, day(20), "csv").decode()
    found.close()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("六月-0009,,,,,2026-06-04,,,,,,,,,,", "第2行第1列: 没有编号“六月-0009”的整改单"),
        ("六月-0001,村2,,,,2026-06-04,,,,,,,,,,", "第2行第2列: 六月-0001 是村1的整改单"),
        ("六月-0001,村99,,,,2026-06-04,,,,,,,,,,", "名册里没有“村99”"),
        ("六月-0001,,2026-06-05,,,2026-06-04,,,,,,,,,,", "第2行第3列: 六月-0001 是 2026-06-03 查到的"),
        ("六月-0001,,,柴草,,2026-06-04,,,,,,,,,,", "第2行第4列: 六月-0001 的检查项是垃圾乱倒处数"),
        (",,,,,2026-06-04,,,,,,,,,,", "看不出是哪张整改单"),
        (",村1,2026-06-03,柴草乱放处数,,2026-06-04,,,,,,,,,,", "村1 2026-06-03 没有“柴草乱放处数”的整改单"),
        (",村1,2026-06-03,垃圾乱倒处数,井边,2026-06-04,,,,,,,,,,", "这个点位没有垃圾乱倒处数的整改单。那天的点位: 村口"),
        ("六月-0001,,,,,,2026-06-05,,,,,,,,,", "填了完成日期，没填整改人"),
        ("六月-0001,,,,,,,,清了,,,,,,,", "填了说明，没填完成日期"),
        ("六月-0001,,,,,,2026-06-05,赵,,2026-06-06,,合格,,,,", "填了核查日期，没填核查人"),
        ("六月-0001,,,,,,2026-06-05,赵,,2026-06-06,钱,通过,,,,", "核查结果“通过”读不懂。写 合格 或 不合格"),
        ("六月-0001,,,,,6.4,,,,,,,,,,", "第2行第6列: 日期“6.4”读不懂"),
        ("六月-0001,,,,,,,,,,,,2026-06-20,孙乡长,,", "填了延期至，没填理由"),
        ("六月-0001,,,,,2026-06-02,,,,,,,,,,", "第2行第6列: 签收的日期 2026-06-02 早于上一步的 2026-06-03"),
        ("六月-0001,,,,,2026-06-06,2026-06-05,赵,,,,,,,,", "第2行第6列: 已整改的整改单不能签收"),
        ("六月-0001,,,,,,2026-06-05,赵,,2026-06-06,赵,合格,,,,", "第2行第10列: 核查人和整改人都是赵"),
        ("六月-0001,,,,,,,,,2026-06-06,赵,合格,,,,", "第2行第10列: 已交办的整改单不能复核合格"),
        ("六月-0001,,,,,2026-06-04,,,,,,,2026-06-05,孙乡长,雨,", "第2行第13列: 延到 2026-06-05，不晚于原来的 2026-06-05"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_is_said_with_its_place_and_nothing_is_written(
    tmp_path: Path, row: str, said: str
) -> None:
    found = issued(tmp_path / "考核.db", FOUND)
    good = "六月-0003,,,,,2026-06-05,,,,,,,,,,"
    (told,) = refused(found, sheet(tmp_path, row, good))
    assert said in told
    assert states(found) == ["已交办"] * 3
    found.close()


def test_every_problem_of_every_sheet_is_said_at_once(tmp_path: Path) -> None:
    found = issued(tmp_path / "考核.db", FOUND)
    one = sheet(tmp_path, "六月-0001,,,,,6.4,,,,,,,,,,", "六月-0008,,,,,2026-06-05,,,,,,,,,,", name="一.csv")
    other = sheet(tmp_path, "六月-0002,2026-06-05,,x", head="问题编号,完成日期,整改人,备住", name="二.csv")
    told = refused(found, one, other)
    assert [each.partition(":")[0] for each in told] == [
        "一.csv 第2行第6列", "一.csv 第3行第1列", "二.csv 第1行第4列", "二.csv 第2行第3列",
    ]  # fmt: skip
    assert "是不是“备注”？" in told[2]
    found.close()


def test_two_orders_that_a_row_may_mean_are_both_named(tmp_path: Path) -> None:
    found = issued(
        tmp_path / "考核.db",
        [littered(0, 3, "村口"), littered(0, 9, "河边"), littered(0, 17, "村口", "河边")],
    )
    row = f",村1,2026-06-17,{LITTER},,2026-06-18,,,,,,,,,,"
    (told,) = refused(found, sheet(tmp_path, row))
    assert "有2张整改单都对得上。在问题编号栏写明是哪一张: 六月-0001、六月-0002" in told
    row = f",村1,2026-06-17,{LITTER},河边,2026-06-18,,,,,,,,,,"
    assert take_in(found, sheet(tmp_path, row)).steps == 1
    found.close()


def test_a_sheet_without_a_header_is_refused(tmp_path: Path) -> None:
    found = issued(tmp_path / "考核.db", FOUND)
    (told,) = refused(found, sheet(tmp_path, "六月-0001,赵", head="编号,姓名"))
    assert "找不到表头" in told
    found.close()


_IMPORT = """
import sys
from pathlib import Path
from scoring.sheets.replies import read_replies
from tests.store_support import AT, store
found = store(sys.argv[1])
read = read_replies([Path(sys.argv[2])], found.orders.units())
print("ready", flush=True)
found.orders.take_in(read, who="李", at=AT)
"""


def test_a_kill_during_an_import_leaves_all_of_it_or_nothing(tmp_path: Path) -> None:
    path = tmp_path / "考核.db"
    found = issued(
        path, [littered(number, 3, f"点{place}") for number in range(8) for place in range(3)][::3]
    )
    numbers = [one.number for one in found.orders.find(day(30))]
    found.close()
    rows = [f"{number},,,,,2026-06-04,2026-06-05,赵,,2026-06-06,钱,合格,,,," for number in numbers]
    listed, chance = sheet(tmp_path, *rows), random.Random(7)
    for _ in range(4):
        running = subprocess.Popen(
            [sys.executable, "-c", _IMPORT, str(path), str(listed)],
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parent.parent,
        )
        assert running.stdout is not None
        assert running.stdout.readline() == "ready\n"
        time.sleep(chance.uniform(0, 0.03))
        running.send_signal(signal.SIGKILL)
        running.wait()
        running.stdout.close()
        found = store(path)
        assert set(states(found)) in ({"已交办"}, {"已销号"})
        assert found.trail.verify()[1] is None
        found.close()
