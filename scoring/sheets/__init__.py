"""Registers and inspection sheets in: what stands in which cell, and what is wrong with it."""
