"""What is known of units from before, at scale: earlier rounds and orders become, for each clause of a visit, the steps it takes.

``earlier`` and ``owed`` read the tables, ``facts`` says in SQL what the inference can read of them, ``ladders`` asks ``infer``
once for each pattern, and ``join`` puts the answers beside the typed table. The reference is ``scoring.history``.
"""
