"""Is a published ranking table consistent with its own rule: as far as it is declared, and else as the table shows it."""
