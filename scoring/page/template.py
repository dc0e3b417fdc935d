"""The one door to Jinja2: the file is written from the templates, whatever it shows escaped and steering nothing."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

from scoring.errors import Problem, ScoringError, visible
from scoring.page import chart
from scoring.page.content import Content
from scoring.report.orders import PROGRESS_COLUMNS, progress_rows

TEMPLATES = Path(__file__).parent / "templates"


def page_html(content: Content) -> str:
    """Return the page as one HTML file, the same for the same content.

    Raises ScoringError where Jinja2 is not installed.
    """
    try:
        import jinja2
        import markupsafe
    except ModuleNotFoundError:
        hint = "运行 pip install 'chuangwei[docs]'"
        raise ScoringError([Problem(message="写网页要另装一个组件", hint=hint)]) from None

    def shown(value: object) -> object:
        """Return what may stand on the page: markup of the templates, numbers, and text on one line that steers nothing."""
        if isinstance(value, (markupsafe.Markup, int)):
            return value
        if isinstance(value, str):
            return visible(value)
        raise TypeError(value)

    style, script = ((TEMPLATES / name).read_text(encoding="utf-8") for name in ("page.css", "page.js"))
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, finalize=shown, keep_trailing_newline=True,
    )  # fmt: skip
    return environment.get_template("page.html").render(
        page=content,
        chart=chart,
        progress_columns=PROGRESS_COLUMNS,
        progress_rows=list(progress_rows(content.progress)),
        style=markupsafe.Markup(style),
        script=markupsafe.Markup(script),
        policy=policy(style, script),
    )


def policy(style: str, script: str) -> str:
    """Return the Content-Security-Policy by which nothing runs or shows but this style and script, and nothing is fetched."""
    return (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")
    return f"'sha256-{digest}'"
