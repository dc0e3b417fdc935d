"""文书 全套: a folder of sheets to everything an office sends out, in two commands."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from scoring.cli import run

ROOT = Path(__file__).parent.parent


def test_a_folder_of_sheets_becomes_a_round_and_its_documents_in_two_commands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("六月").mkdir()
    shutil.copy(ROOT / "docs" / "examples" / "liang-cun.csv", "六月")
    register = str(ROOT / "fixtures" / "register.csv")
    assert run(["轮次", "办理", "2026-06", "六月", "--units", register, "--by", "李建国"]) == 0
    assert run(["文书", "全套", "--round", "2026-06"]) == 0
    said = capsys.readouterr().err.splitlines()
    assert all(said.count(one) == 1 for one in said if one.startswith("提示"))
    made = sorted(path.name for path in Path("文书").iterdir())
    assert [name for name in made if name.startswith("通知书")]
    for name in ("通报", "一页纸"):
        assert {path.suffix for path in Path("文书").glob(f"{name}-*")} == {".docx", ".pdf"}
    assert "网页.html" in made
    (ledger,) = Path("文书").glob("整改台账-*.xlsx")
    ledger.write_bytes(b"filled in")
    assert run(["文书", "全套", "--round", "2026-06"]) == 2
    assert "可能填过、改过" in capsys.readouterr().err
    assert ledger.read_bytes() == b"filled in"
