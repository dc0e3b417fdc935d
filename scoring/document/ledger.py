"""整改台账: every problem that a round found, those found again too, with what was done about each, and what they add up to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scoring.document.content import Content, named, plain
from scoring.document.names import whole_id
from scoring.document.wording import day_text
from scoring.report import ledger as report
from scoring.report.dossier import Dossier
from scoring.report.orders import ledger_rows
from scoring.rule.office import Office

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ledger:
    """The ledger of a round: rows under ``columns.LEDGER``, totals under ``report.ledger.TOTALS_COLUMNS``."""

    id: str
    title: str = named("标题")
    rows: tuple[Row, ...] = named("整改单")
    totals: tuple[Row, ...] = named("合计")


def ledgers(dossier: Dossier, office: Office) -> Iterator[Ledger]:
    """Yield the ledger of a dossier; none where nothing was found."""
    orders = sorted((*dossier.again, *dossier.orders), key=lambda one: (one.found_on, one.number))
    if orders:
        yield Ledger(
            whole_id(dossier.title),
            f"{office.name}整改台账（{dossier.title}，截至{day_text(dossier.as_of)}）",
            tuple(map(tuple, ledger_rows(orders, dossier.as_of))),
            tuple(map(tuple, report.totals_rows(orders, dossier.as_of))),
        )


def ledger_book(content: Content) -> bytes:
    """Return a ledger as a workbook."""
    said = plain(content, str)
    return report.ledger_book(said["标题"], said["整改单"], said["合计"])
