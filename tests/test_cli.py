"""The installed command, run through its entry point as a user runs it."""

from __future__ import annotations

import csv
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from scoring.cli import run

ROOT = Path(__file__).parent.parent
COMMAND = str(Path(sys.executable).with_name("chuangwei"))
REGISTER = str(ROOT / "fixtures" / "register.xlsx")
JUNE = str(ROOT / "fixtures" / "clean" / "june.xlsx")
VILLAGES = ROOT / "fixtures" / "clean" / "villages.csv"


def chuangwei(*args: str, cwd: Path | None = None, **more: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", **more}
    return subprocess.run(
        [COMMAND, *args], capture_output=True, encoding="utf-8", check=False, cwd=cwd, env=environment
    )


def test_the_month_is_scored_and_every_point_explained() -> None:
    done = chuangwei("score", JUNE, "--units", REGISTER)
    assert (done.returncode, done.stderr) == (0, "")
    for word in (
        "治五乱  行政村（拟定分值，仅供试评）",
        "名次",
        "分组平均",
        "整改清单",
        "责任单位: 东岭村村委会",
    ):
        assert word in done.stdout
    told = chuangwei("说明", JUNE, "东岭村", "--units", REGISTER)
    assert told.returncode == 0
    assert "垃圾乱倒3处，每处扣2分，扣6分" in told.stdout
    assert "3次平均 81.00" in told.stdout


def test_neither_order_nor_engine_changes_a_byte(tmp_path: Path) -> None:
    with VILLAGES.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    shuffled = tmp_path / "shuffled.csv"
    with shuffled.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows([rows[0], *random.Random(3).sample(rows[1:], len(rows) - 1)])
    one = chuangwei("score", str(VILLAGES), "--units", REGISTER, "--infer", "durable", "--format", "json")
    other = chuangwei("score", str(shuffled), "--units", REGISTER, "--infer", "reference", "--format", "json")
    assert one.returncode == other.returncode == 0
    assert one.stdout == other.stdout


def test_a_messy_month_is_scored_as_far_as_it_goes() -> None:
    done = chuangwei(
        "score", str(ROOT / "fixtures" / "messy" / "june.xlsx"), "--units", REGISTER, "--format", "json"
    )
    assert done.returncode == 2
    document = json.loads(done.stdout)
    assert document["cards"]
    left_out = {one["id"] for one in document["unscored"]}
    assert left_out == {one["unit"] for one in document["problems"] if "unit" in one}
    assert not left_out & {one["unit"]["id"] for one in document["cards"]}
    for said in ("没有“青衫村”。是不是“青山村”？", "日期“6.10”读不懂", "不是“2-3处”", "同一次检查有2行"):
        assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_gate_not_met_is_exit_one() -> None:
    assert chuangwei("score", str(VILLAGES), "--units", REGISTER, "--fail-under", "70").returncode == 0
    assert chuangwei("score", str(VILLAGES), "--units", REGISTER, "--fail-under", "90").returncode == 1


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["score", "没有.xlsx"], "没有这个文件"),
        (["score", str(ROOT / "cli")], "文件夹里没有检查表"),
        (["score", JUNE, "--units", REGISTER, "-o", "没有的夹/结果.xlsx"], "没有这个文件夹"),
        (["score", JUNE, "--units", REGISTER, "--format", "pdf"], "可用: table、json、jsonl、csv、xlsx"),
        (["score", JUNE, "--units", REGISTER, "--format", "xlsx"], "加 -o"),
        (["score", JUNE, "--units", REGISTER, "--standard", "治无乱"], "是不是“治五乱”？"),
        (["score", JUNE, "--units", REGISTER, "--on", "昨天"], "写成 2026-06-30 的样子"),
        (["score", JUNE, "--units", REGISTER, "--fail-under", "优秀"], "写数字，如 90"),
        (["score", JUNE, "--units", REGISTER, "--infer", "drools"], "可用: durable、reference"),
        (["score", JUNE], "没有“类别”一栏"),
        (["score"], "缺少 检查表"),
        (["score", JUNE, "--formt", "json"], "是不是“--format”？"),
        (["scroe"], "是不是“score”？"),
        (["explain", JUNE, "东岭邨", "--units", REGISTER], "“东岭村”"),
        (["explain", JUNE, "东岭村", "WL-99", "--units", REGISTER], "没有条款“WL-99”"),
        (["explain", JUNE], "缺少 单位"),
        (["rules", "check", "没有.yaml"], "没有这个文件"),
        (["form", "治五乱", "-o", "没有的夹/表.xlsx"], "没有这个文件夹"),
    ],
    ids=lambda value: " ".join(value)[-40:] if isinstance(value, list) else None,
)
def test_a_mistake_is_said_with_the_way_out(
    args: list[str], said: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(args) == 2
    out, err = capfd.readouterr()
    assert said in err
    assert "Traceback" not in err
    assert not out.strip() or "未评" in out or "没有可评分" in out


def test_a_wrong_rule_file_is_told_by_line(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    text = (ROOT / "rules" / "standards" / "zhi-wu-luan.yaml").read_text(encoding="utf-8")
    (tmp_path / "坏.yaml").write_text(
        text.replace("每处: 2, 最高扣: 16", "每虑: 2, 最高扣: 16"), encoding="utf-8"
    )
    assert run(["rules", "check", str(tmp_path / "坏.yaml")]) == 2
    assert "“每虑”: 不认识的键。可用: 每处；是不是“每处”？" in capfd.readouterr().err


def test_an_output_is_written_whole_or_not_at_all(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "结果.json"
    assert run(["score", str(VILLAGES), "--units", REGISTER, "-o", str(target)]) == 0
    assert json.loads(target.read_text(encoding="utf-8"))["schema"] == "chuangwei/score/1"
    before = target.read_bytes()
    tmp_path.chmod(0o500)
    try:
        if os.access(tmp_path, os.W_OK):
            pytest.skip("the superuser may write anywhere")
        assert run(["score", str(VILLAGES), "--units", REGISTER, "-o", str(target)]) == 2
    finally:
        tmp_path.chmod(0o700)
    assert target.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["结果.json"]


def test_a_full_disk_is_said() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    done = subprocess.run(
        f'"{COMMAND}" rules list > /dev/full', shell=True, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 2
    assert done.stderr == "读写出错: No space left on device。检查磁盘空间和权限后重试\n"


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise there")
def test_ctrl_c_is_one_line(tmp_path: Path) -> None:
    big = tmp_path / "big.csv"
    rows = VILLAGES.read_text(encoding="utf-8-sig").splitlines()
    big.write_text("\n".join([rows[0], *rows[1:] * 300]), encoding="utf-8")
    running = subprocess.Popen(
        [COMMAND, "score", str(big), "--units", REGISTER, "-o", str(tmp_path / "out.json")],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - a run in the background ignores it
    )  # fmt: skip
    time.sleep(1.2)
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=30)
    assert running.returncode == 130
    assert err.strip() == "已中断。写了一半的都不算，再运行一次就行"
    assert [path.name for path in tmp_path.iterdir()] == ["big.csv"]


def test_a_closed_pipe_is_no_error() -> None:
    done = subprocess.run(
        f'"{COMMAND}" score {JUNE} --units {REGISTER} | head -1',
        shell=True,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_gbk_terminal_shows_what_it_can() -> None:
    done = subprocess.run(
        [COMMAND, "rules", "list"],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONIOENCODING": "gbk"},
    )
    assert "治五乱" in done.stdout.decode("gbk")


def test_help_does_not_load_the_heavy_parts() -> None:
    heavy = "{'pydantic', 'yaml', 'xlsxwriter', 'openpyxl', 'rich'}"
    code = f"import sys, scoring.cli; scoring.cli.run(['--help']); print(sorted(set(sys.modules) & {heavy}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_both_names_of_every_verb_do_the_same(capfd: pytest.CaptureFixture[str]) -> None:
    shown = []
    for group, verb in (("rules", "list"), ("标准", "列表"), ("rules", "列表")):
        assert run([group, verb]) == 0
        shown.append(capfd.readouterr().out)
    assert len(set(shown)) == 1
    assert run(["rules", "test"]) == 0
    assert "例不符" in capfd.readouterr().out


def test_text_from_outside_does_not_steer_the_terminal(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    sheet = tmp_path / "x.csv"
    sheet.write_text("被检单位,检查日期,\x1b[31m红\u202e,类别\n甲,2022-06-01,1,行政村\n", encoding="utf-8")
    assert run(["score", str(sheet)]) == 2
    shown = capfd.readouterr()
    assert "不认识的栏目“ [31m红 ”" in shown.err
    assert not {"\x1b", "\u202e"} & set(shown.out + shown.err)


def test_one_standard_is_picked_out_of_a_workbook_of_several(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["score", JUNE, "--units", REGISTER, "--standard", "治五乱"]) == 0
    shown = capfd.readouterr()
    assert "治五乱  行政村" in shown.out
    assert "门前四包" not in shown.out
    assert (
        shown.err == "提示: 另有310次检查（乡直单位、商户、学校、路段、辖区单位）不归所用的标准，没有评分\n"
    )


def test_a_file_given_twice_is_said_once(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["score", JUNE, JUNE, "--units", REGISTER]) == 2
    assert capfd.readouterr().err == "june.xlsx: 同一个文件给了两次。只给一次\n"


def test_a_group_without_a_verb_shows_its_verbs(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["标准"]) == 0
    assert "check, 检查" in capfd.readouterr().out
