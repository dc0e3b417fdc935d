"""The cards of a run ranked by a scheme (考核办法), in the engine: ``run.rank``; the reference is ``judge``.

Scores are whole numbers of the scheme's own places all the way, each rounded half-up where ``judge`` publishes it.
"""
