"""What the verbs that read sheets share: the options that say which repairs may be made."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from ..rule.standard import Standard
    from ..sheets.mend.consent import Consent
    from ..sheets.register import Register

AcceptRepairs = Annotated[
    bool, typer.Option("--accept-repairs", help="拿不准、但只有一种读法的修正也照准（如相近的单位名称）")
]
MappingFile = Annotated[
    Path | None,
    typer.Option("--mapping", metavar="对照表", help="对照表（CSV 或 XLSX）: 哪一栏读到什么，当作什么"),
]


def consent_of(
    standards: Sequence[Standard],
    register: Register | None,
    mapping: Path | None,
    *,
    accept: bool,
    period: tuple[date, date] | None = None,
) -> Consent:
    """Return what the user agrees to."""
    from ..api import columns_for
    from ..sheets.mend.consent import Consent
    from ..sheets.mend.mapping import read_mapping

    known = read_mapping(mapping, columns_for(standards), register) if mapping else {}
    return Consent(accept, known, period)
