"""The benchmark standard written out by hand, as a data engineer would: the same cards, findings, orders and units as ours.

They know this one standard, trust every cell, and hold all rows at once; ours reads the standard, checks and explains.
"""

KEYS = ("单位编号", "类别", "检查日期", "来源", "检查人员", "第几次")
COUNTS, FLAGS, CHOICES, ITEM, FULL, PASSES = 25, 10, 5, 20, 160, 60
ASKED = (
    [f"数{n}" for n in range(COUNTS)] + [f"否{n}" for n in range(FLAGS)] + [f"选{n}" for n in range(CHOICES)]
)
CLAUSES = {f"T-{n:02d}": name for n, name in enumerate(ASKED, start=1)}
ITEMS = [list(CLAUSES)[first : first + 5] for first in range(0, len(CLAUSES), 5)]
