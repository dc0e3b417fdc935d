"""The benchmark standard in Polars, by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from benchmarks.by_hand import ASKED, CLAUSES, FULL, ITEM, ITEMS, KEYS, PASSES

POINTS, COUNT = pl.Decimal(18, 2), pl.Decimal(26, 8)
PRICES = {"否": {"否": 0, "是": 3}, "选": {"好": 0, "中": 1, "差": 2}}


def score(inputs: Path, out: Path) -> None:
    """Write the results of the Parquet in a folder."""
    read = pl.scan_parquet(inputs / "*.parquet").with_columns(
        pl.col("来源").fill_null("日常"), pl.lit("").alias("检查人员")
    )
    clauses = read.with_columns(
        *_ends("low"),
        *_ends("high"),
        pl.sum_horizontal(pl.col(name).is_null() for name in ASKED).alias("blank"),
    )
    visits = clauses.with_columns(_left("high").alias("worst"), _left("low").alias("best")).collect()
    cards = _cards(visits)
    cards.write_parquet(out / "cards.parquet")
    pl.concat(_findings(visits)).write_parquet(out / "findings.parquet")
    pl.concat(_orders(visits)).write_parquet(out / "orders.parquet")
    _units(cards).write_parquet(out / "units.parquet")


def _ends(end: str) -> Iterator[pl.Expr]:
    """Yield what each clause loses for certain, or at most."""
    for id, name in CLAUSES.items():
        own, most = pl.col(name), {"数": 5, "否": 3, "选": 2}[name[0]]
        known = (
            own.clip(upper_bound=5)
            if name[0] == "数"
            else own.replace_strict(PRICES[name[0]], return_dtype=pl.Int8)
        )
        yield known.fill_null(0 if end == "low" else most).cast(pl.Int8).alias(f"{id} {end}")


def _left(end: str) -> pl.Expr:
    lost = (_sum(item, end).clip(upper_bound=ITEM) for item in ITEMS)
    return FULL - pl.sum_horizontal(lost)


def _sum(ids: list[str], end: str) -> pl.Expr:
    return pl.sum_horizontal(pl.col(f"{id} {end}").cast(pl.Int16) for id in ids)


def _cards(visits: pl.DataFrame) -> pl.DataFrame:
    worst, best = pl.col("worst"), pl.col("best")
    return visits.select(
        *KEYS, pl.lit("T").alias("标准"), pl.lit(1).alias("版本"), pl.when(worst == best).then(worst).cast(POINTS).alias("得分"),
        worst.cast(POINTS).alias("最低"), best.cast(POINTS).alias("最高"), _grade(worst, best).alias("等次"),
        pl.lit(FULL).cast(POINTS).alias("应得分"), pl.lit(0).cast(POINTS).alias("加分"), pl.lit(0).cast(POINTS).alias("最多加分"),
        (((40 - pl.col("blank").cast(pl.Int32)) * 200 + 40) // 80 / 100).round(2).cast(POINTS).alias("查到"),
        pl.lit(None, pl.String).alias("一票否决"), pl.lit(None, pl.String).alias("结论"),
    )  # fmt: skip


def _grade(low: pl.Expr, high: pl.Expr) -> pl.Expr:
    return pl.when(low >= PASSES).then(pl.lit("合格")).when(high < PASSES).then(pl.lit("不合格"))


def _findings(visits: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Yield each clause's fails; what its item no longer holds is not taken from it."""
    for item in ITEMS:
        for place, id in enumerate(item):
            own = pl.col(f"{id} low")
            remains = (ITEM - _sum(item[:place], "low")).clip(lower_bound=0) if place else ITEM
            number = pl.col(CLAUSES[id]) if CLAUSES[id][0] == "数" else pl.lit(None, pl.Int32)
            yield visits.filter(own > 0).select(
                *KEYS, pl.lit("T").alias("标准"), pl.lit(id).alias("条款"), pl.min_horizontal(own, remains).cast(POINTS).alias("扣分"),
                own.cast(POINTS).alias("应扣"), own.cast(POINTS).alias("最多扣"), number.cast(POINTS).alias("封顶前"),
                number.cast(COUNT).alias("数量"), pl.lit(None, pl.String).alias("归条款"),
            )  # fmt: skip


def _orders(visits: pl.DataFrame) -> Iterator[pl.DataFrame]:
    due = pl.col("检查日期").cast(pl.Datetime("us")) + pl.duration(days=3, hours=17, minutes=30)
    said = {"要求": "改", "责任人": "村主任", "期限": "3天", "严重程度": "一般"}
    words = [pl.lit(word).alias(name) for name, word in said.items()]
    for id, name in CLAUSES.items():
        yield visits.filter(pl.col(f"{id} low") > 0).select(
            *KEYS,
            pl.lit(name).alias("检查项"),
            pl.lit(None, pl.String).alias("点位"),
            pl.lit(id).alias("条款"),
            pl.col("单位编号").alias("责任单位"),
            *words,
            due.alias("截止"),
        )


def _units(cards: pl.DataFrame) -> pl.DataFrame:
    def mean(name: str) -> pl.Expr:
        return (2 * (pl.col(name).cast(pl.Float64) * 100).round().cast(pl.Int64).sum() + pl.len()) // (
            2 * pl.len()
        )

    means = (
        cards.filter(pl.col("查到") > 0)
        .group_by("单位编号", "类别")
        .agg(pl.len().alias("次数"), mean("最低").alias("low"), mean("最高").alias("high"))
    )
    low, high = pl.col("low"), pl.col("high")
    score = pl.when(low == high).then(low)
    return means.select(
        "单位编号", "类别", pl.lit("T").alias("标准"), "次数", pl.col("次数").alias("计入"), (score / 100).cast(POINTS).alias("得分"),
        (low / 100).cast(POINTS).alias("最低"), (high / 100).cast(POINTS).alias("最高"), _grade(low / 100, high / 100).alias("等次"),
        score.rank("min", descending=True).over("类别").cast(pl.Int64).alias("名次"),
    )  # fmt: skip
