"""What a bulletin and a brief are about: their title, when and how units were inspected, and what a round was made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from scoring.document.standings import groups_of
from scoring.document.wording import period_text, whose
from scoring.inspection import Unit
from scoring.judge.published import rounds_in
from scoring.report.dossier import Dossier


def about(dossier: Dossier) -> str:
    """Return what was inspected or judged, as a title says it: 2026年5月人居环境月考核, or 2026年5月督查."""
    period = period_text(dossier.starts, dossier.ends)
    name = dossier.scheme.name if dossier.scheme else "督查"
    return f"{period}{name if name.endswith(('考核', '督查', '检查', '评比')) else f'“{name}”督查'}"


def units_of(dossier: Dossier) -> list[Unit]:
    """Return the units that are judged, each once, in the order of the ranking."""
    return list({one.unit.id: one.unit for each in groups_of(dossier) for one in each.standings}.values())


def visited(dossier: Dossier) -> list[Unit]:
    """Return the judged units at which anything was checked."""
    return [
        one for one in units_of(dossier) if any(card.checked for card in dossier.cards_of.get(one.id, ()))
    ]


def visits_text(dossier: Dossier) -> str:
    """Say how many visits of which sources there were: 275次（日常230次、月末集中45次）; those that do not count are told."""
    visits = {card.inspection.visit for card in dossier.cards}
    kinds = Counter(source for _, _, source, *_ in sorted(visits))
    words = [f"{source}{many}次" for source, many in kinds.items()]
    text = f"{len(visits)}次" + (
        f"（{'、'.join(words)}）" if len(words) > 1 else f"（{next(iter(kinds), '')}）"
    )
    unscored = [source for source in kinds if dossier.scheme and dossier.scheme.pool(source) == ""]
    return f"{text}，其中{'、'.join(unscored)}只通报、不计分" if unscored else text


def days_of(dossier: Dossier) -> tuple[date, date]:
    """Return the first and the last day on which anything was inspected; the round's own where nothing was."""
    days = [card.inspection.date for card in dossier.cards] or [dossier.starts, dossier.ends]
    return min(days), max(days)


def rounds_below(dossier: Dossier) -> Sequence[str]:
    """Return the names of the rounds that a quarter or a year was made of, as they stand in the fullest standing."""
    if dossier.scheme is None:
        return ()
    made = [[leaf.name for leaf in rounds_in(one, dossier.scheme)] for one in dossier.standings]
    made.sort(key=len, reverse=True)
    return tuple(dict.fromkeys(name for names in made for name in names))


def opening(dossier: Dossier, basis: str) -> Iterator[str]:
    """Yield the sentences of how this came about: the inspections, and the rounds whose scores are put together."""
    units, seen = units_of(dossier), visited(dossier)
    prefix = f"依据{basis}，" if basis else ""
    first, last = days_of(dossier)
    if dossier.cards:
        yield (f"{prefix}{period_text(first, last)}对{whose(seen)}进行了督查，共检查{visits_text(dossier)}")
        if missed := [one for one in units if one not in seen]:
            yield f"列入考核的{len(units)}个单位中，{whose(missed)}没有查到"
        prefix = ""
    if below := rounds_below(dossier):
        period = period_text(dossier.starts, dossier.ends)
        whole = f"{'、'.join(below)}共{len(below)}轮" if len(below) > 1 else below[0]
        yield f"{prefix}{period}的得分由{whole}的得分合成，涉及{whose(units)}"
