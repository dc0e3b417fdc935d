"""Whom to inspect: a lot that anyone can repeat, and units and households drawn by it."""
