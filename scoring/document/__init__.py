"""Finished documents: what each says (a content), and the Word, PDF and Excel files made of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scoring.document.content import Content
    from scoring.report.dossier import Dossier
    from scoring.rule.office import Office

FORMATS = ("docx", "pdf")
SHEET, PRINTED_SHEET = ("xlsx",), ("xlsx", "pdf")
PHOTO = (100, 75)  # millimetres


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document: the name of its verb and templates, its Chinese name, what it is for, its formats.

    ``photo`` is how wide and high its photos are at most in Word, in millimetres.
    ``period`` says whether it tells of all that was done in the days of a round, which only a database knows; ``filled``,
    whether people fill it in, so that one that stands there is never written over.
    """

    name: str
    chinese: str
    about: str
    formats: tuple[str, ...] = FORMATS
    photo: tuple[int, int] = PHOTO
    period: bool = False
    filled: bool = False


# A new document is a row here, a case in ``contents``, its own module, and a template of each of its formats or a case in ``book``.
KINDS = (
    Kind("notice", "通知书", "督查整改通知书，每个有问题的单位一份"),
    Kind("bulletin", "通报", "督查通报：得分和名次、主要问题、整改情况、下一步要求，附排名表"),
    Kind(
        "brief", "一页纸", "给乡长看的一页：谁在前、谁在后、差在哪里、逾期多少、要乡里定什么", photo=(38, 24)
    ),
    Kind("ledger", "整改台账", "整改台账，一件问题一行，填好可再导入", SHEET, filled=True),
    Kind("scoresheet", "评分表", "检查评分表，每个单位一份，每条扣几分、为什么", PRINTED_SHEET),
    Kind("annual", "年度总结", "年度总结：整治、督查、整改的数字和全年排名（要用数据库）", period=True),
    Kind("public", "公示", "公示用的排名和得分，人名、电话已隐去"),
)


def contents(kind: Kind, dossier: Dossier, office: Office, shown: Collection[str] = ()) -> Iterator[Content]:
    """Yield the documents of a kind that a dossier comes to; ``shown`` names the photos that there are files of.

    Raises ValueError for a kind that is none.
    """
    found: Iterator[Content]
    match kind.name:
        case "notice":
            from scoring.document.notice import notices

            found = notices(dossier, office, shown)
        case "bulletin":
            from scoring.document.bulletin import bulletin

            found = iter((bulletin(dossier, office, shown),))
        case "brief":
            from scoring.document.brief import one_page

            found = iter((one_page(dossier, office, shown),))
        case "ledger":
            from scoring.document.ledger import ledgers

            found = ledgers(dossier, office)
        case "scoresheet":
            from scoring.document.scoresheet import scoresheets

            found = scoresheets(dossier, office)
        case "annual":
            from scoring.document.annual import annual

            found = annual(dossier, office)
        case "public":
            from scoring.document.public import public

            found = public(dossier, office)
        case _:
            raise ValueError(kind.name)
    return found


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


def photo_names(kind: Kind, dossier: Dossier) -> list[str]:
    """Return the names of the photos that the documents of a kind show where there are files of them."""
    match kind.name:
        case "bulletin":
            from scoring.document.bulletin import pictured

            return [one.name for one in pictured(dossier)]
        case "brief":
            from scoring.document.brief import pictured

            return [one.name for one in pictured(dossier)]
    return [name for one in (*dossier.again, *dossier.orders) if one.life.open for name in one.photos]


def remarks(kind: Kind, contents: Iterable[Content]) -> Iterator[str]:
    """Yield what whoever issues some documents should know about them, and what none of them says."""
    if kind.name == "bulletin":
        from scoring.document.bulletin import Bulletin, too_long

        yield from (said for one in contents if isinstance(one, Bulletin) and (said := too_long(one)))
