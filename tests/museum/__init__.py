"""Messy sheets, drawn by a script, and what each must read as."""
