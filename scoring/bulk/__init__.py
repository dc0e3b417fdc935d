"""Tables of millions of visits, scored by DuckDB in the process with the SQL of ``scoring.sql``: ``run.score``.

What a table holds is cleaned while it is read (``front``), row range by row range (``ranges``); each range's results are
written whole or not at all and noted in a journal, so that a run that was stopped goes on where it was. Needs the extra
``chuangwei[bulk]``.
"""
