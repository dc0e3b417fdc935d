"""The 问题明细 beside large tables: a row per problem found, each belonging to just one visit, summed up range by range.

``rows`` reads them, ``attach`` finds the visit of each, ``counted`` puts what they come to beside the rows of a range,
``said`` tells what is wrong with them. What a row means and may leave unsaid is settled by ``sheets.details`` and
``sheets.attach``.
"""
