"""The site that ``make docs`` builds: whole, and readable without a network."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from scripts.pages import ROOT
from scripts.site import problems


@pytest.mark.skipif(find_spec("zensical") is None, reason="zensical 没有装（make docs 时才装）")
def test_the_site_names_no_outside_host_and_every_link_resolves(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    build = [sys.executable, "-m", "zensical", "build", "--strict"]
    settings = os.environ | {"PYTHONPATH": str(ROOT)}
    subprocess.run(build, cwd=tmp_path, env=settings, check=True, capture_output=True)
    assert list(problems(tmp_path / "build" / "site")) == []


PAGE = """<html><head><link rel="stylesheet" href="one.css"></head>
<body><h1 id="头">头</h1><a href="#头">here</a> {link}</body></html>"""


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ('<a href="#%E5%A4%B4">same</a>', []),
        ('<a href="https://example.com/">out</a>', ["https://example.com/: an outside host"]),
        ('<script src="//example.com/a.js"></script>', ["//example.com/a.js: an outside host"]),
        ('<a href="two.html">gone</a>', ["two.html: no such file"]),
        ('<a href="index.html#尾">gone</a>', ["index.html#尾: no such place"]),
    ],
    ids=["页内", "外部地址", "外部脚本", "没有这个文件", "没有这一节"],
)
def test_the_check_of_the_site_sees(link: str, said: list[str], tmp_path: Path) -> None:
    (tmp_path / "one.css").write_text("@font-face {src: url(data:font/woff2;base64,AA)}", "utf-8")
    (tmp_path / "index.html").write_text(PAGE.format(link=link), "utf-8")
    assert [one.removeprefix("index.html: ") for one in problems(tmp_path)] == said


def test_the_check_of_the_site_reads_style_sheets(tmp_path: Path) -> None:
    (tmp_path / "one.css").write_text("body {background: url(https://example.com/a.png)}", "utf-8")
    (tmp_path / "index.html").write_text(PAGE.format(link=""), "utf-8")
    assert list(problems(tmp_path)) == ["one.css: https://example.com/a.png: an outside host"]
