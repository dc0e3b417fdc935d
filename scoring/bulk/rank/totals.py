"""From lines to totals: visits of one source, sources of one standard, standards of one unit; the reference is ``judge.totals``."""

from __future__ import annotations

from scoring.bulk.cells import literal
from scoring.bulk.rank.below import TABLE, parts
from scoring.bulk.rank.lines import judged
from scoring.bulk.rank.weighed import ENDS, weighed, weight
from scoring.points import ONE
from scoring.rule.scheme import Scheme


def totals(scheme: Scheme) -> dict[str, str]:
    """Return the queries, each over those before it, from ``lines``, ``below`` and ``subjects`` to ``totals``.

    A total has the score's ends, the share of clauses seen in 1/10000, and how a veto stands; its score is missing where
    the scheme does not make one of what there is.
    """
    return {
        "visits": _visits(scheme),
        "by_standard": _by_standard(scheme),
        "seen": """SELECT unit, subject, standard, (2 * sum(seen) * 100 + count(*)) // (2 * count(*)) AS seen
            FROM lines WHERE pool <> '' AND counted GROUP BY ALL""",
        **({"own": _scores(scheme), **parts(scheme)} if scheme.parts else {"scores": _scores(scheme)}),
        "shares_seen": _weighed_by_standard(scheme, "seen", ("seen",)),
        "vetoes": """SELECT unit, subject, max(veto) AS veto, min(veto_order) FILTER (veto = most) AS veto_order
            FROM (SELECT *, max(veto) OVER (PARTITION BY unit, subject) AS most FROM lines WHERE pool <> '')
            WHERE veto > 0 GROUP BY ALL""",
        "taken": f"""SELECT unit, subject, bool_or(scored) AS scored FROM (SELECT unit, subject, pool <> '' AS scored FROM lines
            UNION ALL SELECT unit, subject, TRUE FROM {TABLE}) GROUP BY ALL""",
        "totals": """SELECT s.*, t.scored, c.low, c.high, e.seen, coalesce(v.veto, 0) AS veto, v.veto_order
            FROM subjects s LEFT JOIN taken t USING (unit, subject) LEFT JOIN scores c USING (unit, subject)
            LEFT JOIN shares_seen e USING (unit, subject) LEFT JOIN vetoes v USING (unit, subject)""",
    }


def _visits(scheme: Scheme) -> str:
    """Return what the visits of one source come to (同源几次), in the scheme's places."""
    source, size = "lines WHERE pool <> '' AND counted", 10**scheme.places
    if scheme.visits == "最近":
        source += " QUALIFY rank() OVER (PARTITION BY unit, standard, pool ORDER BY day DESC, nth DESC) = 1"
    over, count = ("min", "1") if scheme.visits == "最低" else ("sum", "count(*)")
    ends = ", ".join(
        f"(2 * {over}({end}) * {size} + 100 * {count}) // (200 * {count}) AS {end}" for end in ENDS
    )
    return f"SELECT unit, kind, subject, standard, pool, {ends} FROM (SELECT * FROM {source}) GROUP BY ALL"


def _by_standard(scheme: Scheme) -> str:
    shares = ", ".join(f"({literal(name)}, {weight(share)})" for name, share in scheme.shares.items())
    return f"""SELECT unit, kind, subject, standard, {weighed(ENDS)} FROM visits
        JOIN (VALUES {shares}) AS w(pool, weight) USING (pool)
        GROUP BY ALL HAVING {_whole(scheme, str(len(scheme.shares)))}"""


def _scores(scheme: Scheme) -> str:
    if not scheme.combined:
        return "SELECT unit, subject, low, high FROM by_standard"
    return _weighed_by_standard(scheme, "by_standard", ENDS, whole=True)


def _weighed_by_standard(scheme: Scheme, source: str, names: tuple[str, ...], *, whole: bool = False) -> str:
    """Return values of several standards as one, by their shares; ``whole`` asks for all of them where the scheme does."""
    shares = ", ".join(f"({literal(one.id)}, {weight(one.share or ONE)})" for one in scheme.standards)
    asked = " + ".join(f"({judged(scheme, 'kind', literal(one.id))})::INT" for one in scheme.standards)
    having = f" HAVING {_whole(scheme, f'max({asked})')}" if whole else ""
    return f"""SELECT unit, subject, {weighed(names)} FROM {source} JOIN (VALUES {shares}) AS w(standard, weight)
        USING (standard) GROUP BY unit, subject{having}"""


def _whole(scheme: Scheme, parts: str) -> str:
    return "TRUE" if scheme.missing == "按其余折算" else f"count(*) = {parts}"
