"""The compiled standard lowered to SQL: the same answers as ``score`` gives visit by visit, for tables of millions.

One small function per node, price shape and step; each returns a sqlglot tree. Every value is an integer (``whole``), every
division has its divisor guarded and is rounded here (``ratio``), and no text is cast or trimmed, so that DuckDB, Spark and
PostgreSQL agree. What follows from findings is asked of ``infer`` and only applied.
"""
