"""From totals to places: the grade, why a unit is not ranked, ranks among its peers, what has changed since the last time."""

from __future__ import annotations

from decimal import ROUND_CEILING

from scoring import columns
from scoring.bulk.cells import literal, quoted
from scoring.bulk.rank.lines import UNIT, from_lowest, judged
from scoring.points import percent
from scoring.rule.scheme import Scheme
from scoring.rule.standard import NO_GRADE


def standings(scheme: Scheme) -> dict[str, str]:
    """Return the queries from ``totals`` to ``standings``, each over those before it."""
    dense = "dense_rank" if scheme.ties == "连续" else "rank"
    peers = ", ".join(["subject", *(quoted(f"g{n}") for n in range(len(scheme.groups)))])
    best, worst = (f"OVER (PARTITION BY {peers} ORDER BY low {way})" for way in ("DESC", "ASC"))
    return {
        "graded": f"SELECT *, {_grade(scheme)} AS grade FROM totals",
        "told": f"SELECT *, {_unranked(scheme)} AS unranked FROM graded",
        "standings": f"""SELECT *, {dense}() {best} AS place, {dense}() {worst} AS from_last,
            count(*) OVER (PARTITION BY {peers}) AS peers, rank() {worst} - 1 AS beaten FROM told WHERE unranked = ''
            UNION ALL SELECT *, NULL, NULL, 0, NULL FROM told WHERE unranked <> ''""",
    }


def _grade(scheme: Scheme) -> str:
    """Return the grade that both ends have; a certain veto decides at once (``judge.outcome``)."""
    names = from_lowest(scheme)
    told = " ".join(f"WHEN {place} THEN {literal(name)}" for place, name in enumerate(names))
    vetoed = f"CASE veto_order WHEN -1 THEN {literal(NO_GRADE)} {told} END"
    low, high = _band(scheme, "low"), _band(scheme, "high")
    return f"CASE WHEN veto = 2 THEN {vetoed} WHEN {low} = {high} AND (veto = 0 OR {high} = {vetoed}) THEN {high} END"


def _band(scheme: Scheme, score: str) -> str:
    size = 10**scheme.places
    floors = [
        (name, (scheme.grades[name] * size).to_integral_value(ROUND_CEILING)) for name in from_lowest(scheme)
    ]
    reached = " ".join(
        f"WHEN {score} >= {int(floor)} THEN {literal(name)}" for name, floor in reversed(floors)
    )
    return f"(CASE {reached} END)"


def _unranked(scheme: Scheme) -> str:
    """Return why a unit is not ranked, empty where it is; what is missing of a total is not taken apart."""
    asked = " OR ".join(judged(scheme, "kind", literal(one.id)) for one in scheme.standards)
    own = f"({asked})" if scheme.combined else judged(scheme, "kind", "subject")
    blank = [(quoted(f"g{n}"), name) for n, name in enumerate(scheme.groups)]
    missing = ", ".join(
        f"CASE WHEN coalesce({column}, '') = '' THEN {literal(name)} END" for column, name in blank
    )
    checks = [
        (f"NOT {own}", "concat(CASE subject WHEN '' THEN '本办法' ELSE subject END, '不考核', kind)"),
        ("low IS NULL AND scored", "'缺来源或标准的得分，或都没查到'"),
        ("low IS NULL AND scored IS NULL", "'没有检查'"),
        ("low IS NULL", "'只有通报的检查，不计分'"),
        ("low <> high", f"concat('有未查，得分在', {points(scheme, 'low')}, '～', {points(scheme, 'high')}, '之间')"),
        (f"seen * 100 < {int(scheme.coverage * 10**6)}", f"concat('条款只查到', {_percent('seen')}, '，不到{percent(scheme.coverage)}')"),
    ]  # fmt: skip
    if blank:
        some = " OR ".join(f"coalesce({column}, '') = ''" for column, _ in blank)
        checks.append((some, f"concat('名册没填', concat_ws('、', {missing}), '，分不了组')"))
    return f"CASE {' '.join(f'WHEN {test} THEN {text}' for test, text in checks)} ELSE '' END"


def _percent(column: str) -> str:
    written = f"({column} * 0.01)::DECIMAL(18, 2)::VARCHAR"
    return f"concat(rtrim(rtrim({written}, '0'), '.'), '%')"


def points(scheme: Scheme, column: str) -> str:
    """Return a whole number of the scheme's places as a decimal."""
    places = scheme.places
    unit = f" * 0.{'1'.rjust(places, '0')}" if places else ""
    return f"({column}{unit})::DECIMAL(18, {places})"


def result(scheme: Scheme, last: str = "") -> str:
    """Return the query of what is handed out; ``last`` the same of the last time, to tell what has changed."""
    more = [
        f"s.{quoted(f'g{n}')} AS {quoted(name)}"
        for n, name in enumerate(scheme.groups)
        if name != columns.KIND
    ]
    low, high = points(scheme, "s.low"), points(scheme, "s.high")
    score = f"CASE WHEN s.low = s.high THEN {low} END"
    told = [
        f"s.unit AS {UNIT}", f"s.kind AS {quoted(columns.KIND)}", *more, 's.subject AS "标准"', f'{score} AS "得分"',
        f'{low} AS "最低"', f'{high} AS "最高"', 's.grade AS "等次"', 's.place AS "名次"', 's.from_last AS "倒数名次"',
        's.peers AS "同组"', '(s.beaten * 100 // NULLIF(s.peers, 0) * 0.01)::DECIMAL(5, 2) AS "超过"',
        '(s.seen * 0.0001)::DECIMAL(9, 4) AS "查到"', "CASE s.veto WHEN 2 THEN '是' WHEN 1 THEN '未定' END AS \"一票否决\"",
        's.unranked AS "未排名"',
    ]  # fmt: skip
    if last:
        same = " AND ".join(
            [
                "TRUE",
                *(
                    f"l.{quoted(name)} IS NOT DISTINCT FROM s.{quoted(f'g{n}')}"
                    for n, name in enumerate(scheme.groups)
                ),
            ]
        )
        before, place = f'l."得分"::DECIMAL(18, {scheme.places})', 'l."名次"::BIGINT'
        told += [
            f'{before} AS "上次得分"', f'({score}) - {before} AS "得分变化"', f'{place} AS "上次名次"',
            f'CASE WHEN {same} THEN {place} - s.place END AS "名次变化"',
        ]  # fmt: skip
    joined = f' LEFT JOIN ({last}) l ON l.{UNIT} = s.unit AND l."标准" = s.subject' if last else ""
    groups = ", ".join(f"s.{quoted(f'g{n}')}" for n in range(len(scheme.groups)))
    order = ", ".join(filter(None, ["s.subject", groups, "s.place NULLS LAST", "s.unit"]))
    return f"SELECT {', '.join(told)} FROM standings s{joined} ORDER BY {order}"
