"""The documents say what is: their Python runs, their commands exist, their links lead somewhere, what is generated is current."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from scoring.cli import run

from scripts.commands import verbs
from scripts.docs import DOCS, GENERATED
from scripts.output import commands_in, link_into, renewed
from scripts.pages import BLOCKS, PAGES, ROOT, Block
from scripts.tried import TRIED

PYTHON = [block for block in BLOCKS if block.language == "python"]


@pytest.mark.parametrize("block", PYTHON, ids=str)
def test_python_in_the_documents_runs(
    block: Block, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    exec(compile(block.text, block.page, "exec"), {})
    assert capsys.readouterr().out


def commands() -> list[str]:
    """Return what stands in backticks, and of each sh block the lines that run chuangwei."""
    text = "\n".join(page.read_text("utf-8") for page in PAGES)
    named = [one for one in re.findall(r"`(chuangwei [^`\n]+)`", text) if "…" not in one]
    shown = ["\n".join(commands_in(block.text)) for block in BLOCKS if block.language == "sh"]
    return sorted({*named, *filter(None, shown)})


def test_there_are_commands_in_the_documents() -> None:
    assert len(commands()) >= 20


@pytest.mark.parametrize("command", commands())
def test_commands_in_the_documents_run_one_after_the_other(
    command: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    link_into(tmp_path)
    monkeypatch.chdir(tmp_path)
    for line in command.splitlines():
        assert run(shlex.split(line)[1:]) in (0, 1)


def _slug(heading: str) -> str:
    """Return the place a heading makes, as the site and the code host's pages both make it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def _places(page: Path) -> set[str]:
    text = re.sub(r"^```.*?^```$", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    return {_slug(heading) for heading in re.findall(r"^#+ (.*)$", text, re.MULTILINE)}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    for target, place in re.findall(r"\]\(([^)#]*)(?:#([^)]+))?\)", page.read_text("utf-8")):
        if target.startswith("https://"):
            continue
        there = page.parent / target if target else page
        assert there.exists(), target
        assert not place or place in _places(there), f"{target}#{place}"


@pytest.mark.parametrize("name", GENERATED)
def test_generated_documents_are_current(name: str) -> None:
    assert (DOCS / name).read_text("utf-8") == GENERATED[name](), "make docs"


@pytest.mark.parametrize(
    "page", sorted(DOCS.rglob("*.md")), ids=lambda page: page.relative_to(DOCS).as_posix()
)
def test_output_shown_is_what_comes_out(page: Path) -> None:
    text = page.read_text("utf-8")
    assert text == renewed(text), "make docs"


@pytest.mark.parametrize(
    ("verb", "name"),
    [("list", "列表"), ("show", "查看"), ("new", "新建"), ("check", "检查"), ("test", "试算"), ("diff", "对比"), ("table", "成表"),
     ("schema", "格式")],
)  # fmt: skip
def test_every_verb_for_authors_has_help_in_chinese_and_stands_in_both_readmes(
    verb: str, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for group, one in (("rules", verb), ("标准", name)):
        assert run([group, one, "--help"]) == 0
        shown = capsys.readouterr().out
        assert shown.startswith(f"用法: chuangwei {group} {one}")
        assert not re.search(r"Usage|Options|Arguments|Show this", shown)
    assert f"`chuangwei rules {verb}" in (ROOT / "README.md").read_text("utf-8")
    assert f"`chuangwei 标准 {name}" in (ROOT / "README.zh-CN.md").read_text("utf-8")


def test_every_verb_has_help_in_chinese_a_tried_example_and_its_chinese_name_in_the_readme(
    capsys: pytest.CaptureFixture[str],
) -> None:
    chinese = (ROOT / "README.zh-CN.md").read_text("utf-8")
    assert {name for name, _ in verbs()} == set(TRIED)
    for name, other in verbs():
        assert run([*name.split(), "--help"]) == 0
        shown = capsys.readouterr().out
        assert "用法" in shown
        assert not re.search(r"Usage|Options|Arguments|Show this", shown)
        assert f"chuangwei {other.partition(' ')[0]}" in chinese


def _glossary(page: Path) -> dict[str, str]:
    """Return the word and the name in code of each row of a page's tables: the first cell, and the one in backticks."""
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in page.read_text("utf-8").splitlines()
        if line.startswith("| ")
    ]
    return {row[0]: next((cell for cell in row[1:] if cell.startswith("`")), "") for row in rows}


def test_the_glossary_for_users_holds_every_word_of_the_one_for_contributors() -> None:
    users, contributors = _glossary(DOCS / "guide" / "glossary.md"), _glossary(ROOT / "CONTRIBUTING.md")
    assert len(contributors) > 10
    assert {
        word: code for word, code in contributors.items() if users.get(word) != code and word != "中文"
    } == {}
