"""A module imports only from lower layers, and each third-party package has one door."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LAYERS: tuple[tuple[str, ...], ...] = (
    ("errors", "points"),
    ("condition", "arithmetic", "bands", "deadline", "columns"),
    (
        "card",
        "form_field",
        "computed",
        "price",
        "clause",
        "standard",
        "scheme_card",
        "scheme",
        "casefile",
        "scheme_casefile",
        "inspection",
    ),
    (
        "tariff",
        "finding",
        "ladder",
        "fit",
        "fit_bands",
        "fit_count",
        "fit_price",
        "fit_computed",
        "fit_honour",
        "terms",
        "compiled",
        "program",
        "vocabulary",
        "readback",
    ),
    ("match", "occurrences", "compute", "derive", "infer", "history", "consequence"),
    ("heap", "bonus", "climb", "tally", "rectify", "sample", "scope", "standing", "lifecycle", "audit"),
    (
        "round",
        "score",
        "judge",
        "seen",
        "explain_price",
        "explain_history",
        "explain",
        "readback_scheme",
        "explain_round",
        "check_form",
        "check",
        "check_rewards",
        "check_ladder",
        "check_scheme",
        "cases",
        "scheme_cases",
        "lint",
    ),
    ("coverage", "replay", "diff_cards", "reach", "change", "diff_clauses", "diff"),
    (
        "slips",
        "document",
        "dictionary",
        "strict_yaml",
        "messages",
        "shape",
        "rule_file",
        "load",
        "skeleton",
        "rule_schema",
        "table",
        "parts",
        "workbooks",
        "records",
        "tables",
        "cells",
        "near",
        "register",
        "header",
        "row",
        "rows",
        "details",
        "attach",
        "joint",
        "settle",
    ),
    (
        "review",
        "sheets",
        "workdays",
        "analysis",
        "report",
        "form_plan",
        "form_style",
        "form_details",
        "form_guide",
        "form",
    ),
    ("store",),
    ("schemes", "api", ""),
    ("cli", "rules"),
)
# Inside one layer the order of the row is the order of imports: a module may use those to its left.
DOORS = {
    "yaml": {"strict_yaml"},
    "pydantic": {
        "scheme_card",
        "scheme",
        "scheme_casefile",
        "card",
        "form_field",
        "computed",
        "price",
        "clause",
        "standard",
        "casefile",
        "shape",
    },
    "durable_rules_engine": {"infer.durable"},
    "python_calamine": {"workbooks"},
    "xlsxwriter": {"form", "report.workbook", "report.table_xlsx"},
    "docx": {"report.table_docx"},
    "sqlalchemy": {"store"},
    "alembic": {"store"},
    "tabulate": {"report.text"},
    "wcwidth": {"report.text"},
    "chinese_calendar": {"workdays"},
    "typer": {"cli"},
    "rich": {"cli"},
}
STANDARD = set(__import__("sys").stdlib_module_names)


def layer(module: str) -> tuple[int, int]:
    """Return a module's layer and its place in it; packages count as one module, ``""`` is scoring itself."""
    top = module.partition(".")[0]
    for number, row in enumerate(LAYERS):
        if top in row:
            return number, row.index(top)
    raise LookupError(f"{module}: say in LAYERS to which layer it belongs")


def imports(source: str, module: str) -> Iterator[str]:
    """Yield what a module imports, anywhere in it; ``scoring.`` is left out, ``..`` resolved."""
    package = (
        ["scoring", "cli"] if module.partition(".")[0] == "cli" else ["scoring", *module.split(".")[:-1]]
    )
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                base = ".".join([*package[: len(package) - node.level + 1], *([base] if base else [])])
            yield from ([f"{base}.{alias.name}" for alias in node.names] if base == "scoring" else [base])


def faults(source: str, module: str) -> Iterator[str]:
    """Yield every import of a module that the tables forbid."""
    own = layer(module)
    for name in imports(source, module):
        top = name.partition(".")[0]
        if top == "scoring":
            other = name.partition(".")[2]
            if other.partition(".")[0] != module.partition(".")[0] and layer(other) >= own:
                yield f"{module} (layer {own[0]}) imports {other}"
        elif top not in STANDARD:
            doors = DOORS.get(top, set())
            if module not in doors and module.partition(".")[0] not in doors:
                yield f"{module} is no door to {top}"


def modules() -> dict[str, Path]:
    found = {}
    for folder, prefix in ((ROOT / "scoring", ""), (ROOT / "cli", "cli.")):
        for path in folder.rglob("*.py"):
            parts = path.relative_to(folder).with_suffix("").parts
            name = ".".join(part for part in parts if part != "__init__")
            found[(prefix + name).rstrip(".")] = path
    return found


@pytest.mark.parametrize("module", sorted(modules()))
def test_a_module_imports_only_from_below_and_through_its_doors(module: str) -> None:
    assert not list(faults(modules()[module].read_text(encoding="utf-8"), module))


@pytest.mark.parametrize(
    ("source", "module"),
    [
        ("from scoring.score import Scorer", "tally"),
        ("def late():\n    import scoring.report", "match.predicates"),
        ("from scoring import load", "round"),
        ("import yaml", "check"),
        ("import durable_rules_engine", "infer.memo"),
        ("import requests", "load"),
        ("from ..api import score", "report.text"),
        ("from scoring.cli import main", "api"),
    ],
)
def test_a_forbidden_import_is_found(source: str, module: str) -> None:
    assert list(faults(source, module))


def test_every_door_is_used() -> None:
    used = {
        name.partition(".")[0]
        for module, path in modules().items()
        for name in imports(path.read_text("utf-8"), module)
    }
    assert set(DOORS) <= used
