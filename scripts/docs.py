"""Write what is generated under docs/: JSON Schema, handbook, source map, worked tables, commands, the result's fields, doubts, output shown."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

from scoring.load.rule_schema import rule_file_schema
from scoring.rule.scheme import scheme_file_schema
from scripts.commands import commands
from scripts.doubts import doubts_page
from scripts.examples import worked_tables
from scripts.handbook import handbook
from scripts.output import renewed
from scripts.result import result_fields
from scripts.source_map import source_map

DOCS = Path(__file__).parent.parent / "docs"


def schema() -> str:
    """Return docs/schema/standard.schema.json."""
    return json.dumps(rule_file_schema(), ensure_ascii=False, indent=1) + "\n"


def scheme_schema() -> str:
    """Return docs/schema/scheme.schema.json."""
    return json.dumps(scheme_file_schema(), ensure_ascii=False, indent=1) + "\n"


GENERATED: Mapping[str, Callable[[], str]] = {
    "schema/standard.schema.json": schema,
    "schema/scheme.schema.json": scheme_schema,
    "standards.md": handbook,
    "source-map.md": source_map,
    "guide/doubts.md": doubts_page,
    "guide/examples.md": worked_tables,
    "reference/commands.md": commands,
    "reference/result.md": result_fields,
}


def main() -> None:
    """Write every generated file, then the output that pages show below a command."""
    for name, make in GENERATED.items():
        (DOCS / name).write_text(make(), encoding="utf-8")
    for page in sorted(DOCS.rglob("*.md")):
        page.write_text(renewed(page.read_text("utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
