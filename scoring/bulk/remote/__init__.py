"""The same SQL run where the data is, on PostgreSQL or Spark: a typed table in, the folder of a run out (``run.score``).

What the table must hold is what ``chuangwei bulk sql`` says above its statements; nothing in it is cleaned.
"""
