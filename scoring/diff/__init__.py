"""Two versions of a standard against each other, clause by clause and on the sheets it is tested with."""
