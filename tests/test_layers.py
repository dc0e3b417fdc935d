"""A module imports only from lower layers, and each third-party package has one door."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# A package or module may import from those above it in this table, never from below or beside it.
LAYERS = (
    "errors points columns audit",
    "grammar questions workdays",
    "inspection rule",
    "tariff",
    "finding",
    "compile infer",
    "match",
    "bonus history sheets verdict",
    "tally",
    "judge pasted rectify registers round scope steps",
    "explain score sql",
    "analysis check form",
    "diff lint",
    "load report",
    "bulk document find page store",
    "api",
    "cli rules",
)
PLACE = {name: number for number, row in enumerate(LAYERS) for name in row.split()} | {"": len(LAYERS) - 1}
DOORS = {
    "yaml": {"load.strict_yaml"},
    "pydantic": {"rule", "load.shape"},
    "durable_rules_engine": {"infer.durable"},
    "python_calamine": {"sheets.workbooks"},
    "xlsxwriter": {"form.book", "report.book", "report.clean", "report.table_xlsx", "report.tables_xlsx"},
    "markupsafe": {"page.template"},
    "docx": {"report.table_docx"},
    "docxtpl": {"document.word"},
    "jinja2": {"document.placeholders", "page.template"},
    "typst": {"document.pdf"},
    "pylopdf_fonts_zh_cn": {"document.fonts"},
    "sqlglot": {"sql"},
    "duckdb": {"bulk"},
    "pyspark": {"bulk.remote.spark"},
    "sqlalchemy": {"bulk.database", "bulk.remote.postgres", "store"},
    "alembic": {"store"},
    "tabulate": {"report.drawn"},
    "wcwidth": {"report.drawn"},
    "chinese_calendar": {"workdays"},
    "typer": {"cli"},
    "rich": {"cli"},
}
STANDARD = set(__import__("sys").stdlib_module_names)


def layer(module: str) -> int:
    """Return the layer of a module's package; ``""`` is scoring itself."""
    top = module.partition(".")[0]
    if top not in PLACE:
        raise LookupError(f"{module}: say in LAYERS to which layer it belongs")
    return PLACE[top]


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
            yield from (f"{base}.{alias.name}" for alias in node.names)


def faults(source: str, module: str) -> Iterator[str]:
    """Yield every import of a module that the tables forbid."""
    own = layer(module)
    for name in imports(source, module):
        top = name.partition(".")[0]
        if top == "scoring":
            other = name.partition(".")[2]
            if other.partition(".")[0] != module.partition(".")[0] and layer(other) >= own:
                yield f"{module} (layer {own}) imports {other}"
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
        ("import yaml", "check.standard"),
        ("import durable_rules_engine", "infer.memo"),
        ("import requests", "load.rules"),
        ("from ..api import score", "report.text"),
        ("from scoring.cli import main", "api"),
    ],
)
def test_a_forbidden_import_is_found(source: str, module: str) -> None:
    assert list(faults(source, module))


def test_no_package_imports_in_a_circle() -> None:
    found = modules()
    graph = {
        module: {
            name if name in found else name.rpartition(".")[0]
            for said in imports(path.read_text("utf-8"), module)
            if (name := said.removeprefix("scoring.")).partition(".")[0] in PLACE
        }
        for module, path in found.items()
    }
    assert len(tuple(TopologicalSorter(graph).static_order())) >= len(found)


def test_every_door_is_used() -> None:
    used = {
        name.partition(".")[0]
        for module, path in modules().items()
        for name in imports(path.read_text("utf-8"), module)
    }
    assert set(DOORS) <= used
