"""The documents say what is: their Python runs, their commands exist, their links lead somewhere, what is generated is current."""

from __future__ import annotations

import re
import runpy
import shlex
from pathlib import Path

import pytest
from scoring.cli import run

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "benchmarks").glob("*.md")])


def blocks(language: str) -> list[tuple[str, str]]:
    found = []
    for page in PAGES:
        found += [
            (page.name, block)
            for block in re.findall(rf"```{language}\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
        ]
    return found


@pytest.mark.parametrize(("page", "code"), blocks("python"), ids=lambda value: value[:20])
def test_python_in_the_documents_runs(
    page: str, code: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    exec(compile(code, page, "exec"), {})
    assert capsys.readouterr().out


def commands() -> list[str]:
    text = "\n".join(page.read_text("utf-8") for page in PAGES)
    return sorted({one for one in re.findall(r"`(chuangwei [^`\n]+)`", text) if "…" not in one})


def test_there_are_commands_in_the_documents() -> None:
    assert len(commands()) >= 8


@pytest.mark.parametrize("command", commands())
def test_commands_in_the_documents_run(command: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("fixtures", "rules"):
        (tmp_path / name).symlink_to(ROOT / name)
    monkeypatch.chdir(tmp_path)
    assert run(shlex.split(command)[1:]) in (0, 1)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text("utf-8")):
        assert target.startswith("https://") or (page.parent / target).exists(), target


def test_generated_documents_are_current() -> None:
    made = runpy.run_path(str(ROOT / "scripts" / "docs.py"))
    assert (ROOT / "docs" / "schema" / "standard.schema.json").read_text("utf-8") == made["schema"](), (
        "make docs"
    )
    assert (ROOT / "docs" / "standards.md").read_text("utf-8") == made["handbook"](), "make docs"
    assert (ROOT / "docs" / "source-map.md").read_text("utf-8") == made["source_map"](), "make docs"


def test_every_verb_has_help_in_chinese_and_stands_in_both_readmes(
    capsys: pytest.CaptureFixture[str],
) -> None:
    chinese = (ROOT / "README.zh-CN.md").read_text("utf-8")
    for verb, name in (("form", "登记表"), ("score", "评分"), ("explain", "说明"), ("rules", "标准")):
        assert run([verb, "--help"]) == 0
        shown = capsys.readouterr().out
        assert "用法" in shown
        assert not re.search(r"Usage|Options|Arguments|Show this", shown)
        assert f"chuangwei {name}" in chinese
