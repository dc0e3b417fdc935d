"""Judge a round by its scheme: what each unit comes to, its rank, honours and awards. Pure; the order of what comes in is no matter.

``subjects`` (what belongs to whom) → ``totals`` (visits to sources to standards to rounds) → ``outcome`` (extra points,
veto, grade) → ``ranking`` → ``honours`` → ``awards``.
"""

from scoring.judge.entry import standings
from scoring.judge.line import card_line, lower_score

__all__ = ["card_line", "lower_score", "standings"]
