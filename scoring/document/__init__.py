"""Finished documents: what each says (a content), and the Word and PDF files made of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scoring.document.content import Content
    from scoring.report.dossier import Dossier
    from scoring.rule.office import Office

FORMATS = ("docx", "pdf")
PHOTO = (100, 75)  # millimetres


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document: the name of its verb and templates, its Chinese name, what it is for, its formats.

    ``photo`` is how wide and high its photos are at most in Word, in millimetres.
    """

    name: str
    chinese: str
    about: str
    formats: tuple[str, ...] = FORMATS
    photo: tuple[int, int] = PHOTO


# A new document is a row here, a case in ``contents``, its own module, and a template of each of its formats.
KINDS = (
    Kind("notice", "通知书", "督查整改通知书，每个有问题的单位一份"),
    Kind("bulletin", "通报", "督查通报：得分和名次、主要问题、整改情况、下一步要求，附排名表"),
    Kind(
        "brief", "一页纸", "给乡长看的一页：谁在前、谁在后、差在哪里、逾期多少、要乡里定什么", photo=(38, 24)
    ),
)


def contents(kind: Kind, dossier: Dossier, office: Office, shown: Collection[str] = ()) -> Iterator[Content]:
    """Yield the documents of a kind that a dossier comes to; ``shown`` names the photos that there are files of.

    Raises ValueError for a kind that is none.
    """
    match kind.name:
        case "notice":
            from scoring.document.notice import notices

            return notices(dossier, office, shown)
        case "bulletin":
            from scoring.document.bulletin import bulletin

            return iter((bulletin(dossier, office, shown),))
        case "brief":
            from scoring.document.brief import one_page

            return iter((one_page(dossier, office, shown),))
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
