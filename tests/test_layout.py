"""The shape of the repository: packages as declared, files and functions of one idea, nothing of where it was made."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MAX_FILE, MAX_FUNCTION = 270, 45
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CODE = sorted([*(ROOT / "scoring").rglob("*.py"), *(ROOT / "cli").rglob("*.py")])


def test_the_declared_packages_are_the_folders() -> None:
    folders = {"scoring", "scoring.cli", "scoring.rules"}
    folders |= {
        ".".join(("scoring", *path.parent.relative_to(ROOT / "scoring").parts))
        for path in (ROOT / "scoring").rglob("*/__init__.py")
    }
    assert set(PROJECT["tool"]["setuptools"]["packages"]) == folders
    for name in ("scoring", "rules", "fixtures", "cli", "tests"):
        assert (ROOT / name).is_dir()


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_one_idea_a_file_one_job_a_function(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= MAX_FILE
    for node in ast.walk(ast.parse(text)):
        # A verb is its options, and a migration the list of what it makes.
        if isinstance(node, ast.FunctionDef) and not (path.match("cli/*") or "migrations" in path.parts):
            assert (node.end_lineno or 0) - node.lineno < MAX_FUNCTION, node.name


def tracked() -> list[Path]:
    try:
        listed = subprocess.run(
            ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout
    except (FileNotFoundError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout: the list of files comes from git")
    return [path for line in listed.splitlines() if (path := ROOT / line).exists()]


def test_nothing_says_where_it_was_made() -> None:
    # A form for phones finds a unit's name under instance('units')/root/.
    forbidden = re.compile(
        r"/work/|(?<!\))/root/|shared/|index-url|https?://[^ ]*(pypi|/simple)", re.IGNORECASE
    )
    for path in tracked():
        binary = (".xlsx", ".xls", ".ods", ".mo", ".webp", ".zip", ".docx")
        if path.suffix in binary or path == Path(__file__):
            continue
        assert not forbidden.search(path.read_text(encoding="utf-8")), path


def test_the_constraints_pin_every_dependency_without_an_address() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").split()
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][A-Za-z0-9.]*", line) for line in lines)
    pinned = {line.partition("==")[0].lower().replace("_", "-") for line in lines}
    wanted = PROJECT["project"]["dependencies"] + PROJECT["project"]["optional-dependencies"]["dev"]
    assert {re.split(r"[=<>;\[]", one)[0].strip().lower().replace("_", "-") for one in wanted} <= pinned


def test_the_wheel_holds_the_command_and_the_rules(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "-q",
        "--no-deps",
        "--no-build-isolation",
        "-w",
        str(tmp_path),
        str(ROOT),
    ]
    subprocess.run(command, check=True, capture_output=True)
    names = set(zipfile.ZipFile(next(tmp_path.glob("*.whl"))).namelist())
    assert {"scoring/py.typed", "scoring/cli/app.py", "scoring/infer/durable.py"} <= names
    assert {f"scoring/document/templates/{name}" for name in ("common.typ", "notice.docx")} <= names
    assert {
        f"scoring/rules/standards/{path.name}" for path in (ROOT / "rules" / "standards").iterdir()
    } <= names
    templates = ROOT / "scoring" / "page" / "templates"
    assert {f"scoring/page/templates/{path.name}" for path in templates.iterdir()} <= names
    assert not any(name.startswith(("cli/", "rules/", "tests/")) for name in names)
