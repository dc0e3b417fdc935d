"""Messy sheets made readable before the strict reader sees them: repairs, each reported, none taken silently."""
