"""Finished documents: what each says (a content), and the Word, PDF and Excel files made of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scoring.document.content import Content
    from scoring.report.dossier import Dossier
    from scoring.rule.office import Office

FORMATS = ("docx", "pdf")
SHEET, PRINTED_SHEET = ("xlsx",), ("xlsx", "pdf")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document: the name of its verb and templates, its Chinese name, what it is for, its formats.

    ``period`` says whether it tells of all that was done in the days of a round, which only a database knows.
    """

    name: str
    chinese: str
    about: str
    formats: tuple[str, ...] = FORMATS
    period: bool = False


# A new document is a row here, a case in ``contents``, its own module, and a template of each of its formats or a case in ``book``.
KINDS = (
    Kind("notice", "通知书", "督查整改通知书，每个有问题的单位一份"),
    Kind("ledger", "整改台账", "整改台账，一件问题一行，填好可再导入", SHEET),
    Kind("scoresheet", "评分表", "检查评分表，每个单位一份，每条扣几分、为什么", PRINTED_SHEET),
    Kind("annual", "年度总结", "年度总结：整治、督查、整改的数字和全年排名（要用数据库）", period=True),
    Kind("public", "公示", "公示用的排名和得分，人名、电话已隐去"),
)


def contents(kind: Kind, dossier: Dossier, office: Office, shown: Collection[str] = ()) -> Iterator[Content]:
    """Yield the documents of a kind that a dossier comes to; ``shown`` names the photos that there are files of.

    Raises ValueError for a kind that is none.
    """
    match kind.name:
        case "notice":
            from scoring.document.notice import notices

            return notices(dossier, office, shown)
        case "ledger":
            from scoring.document.ledger import ledgers

            return ledgers(dossier, office)
        case "scoresheet":
            from scoring.document.scoresheet import scoresheets

            return scoresheets(dossier, office)
        case "annual":
            from scoring.document.annual import annual

            return annual(dossier, office)
        case "public":
            from scoring.document.public import public

            return public(dossier, office)
    raise ValueError(kind.name)


def book(kind: Kind, content: Content) -> bytes:
    """Return the workbook of a document of a kind that has one.

    Raises ValueError for a kind that has none.
    """
    match kind.name:
        case "ledger":
            from scoring.document.ledger import ledger_book

            return ledger_book(content)
        case "scoresheet":
            from scoring.document.scoresheet import scoresheet_book

            return scoresheet_book(content)
    raise ValueError(kind.name)
