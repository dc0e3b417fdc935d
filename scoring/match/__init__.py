"""Step 1, match: which clauses hold for which inspection."""
