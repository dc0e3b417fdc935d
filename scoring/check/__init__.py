"""Is a rule file right: names, shares and prices against each other, and the cases it is tested with."""
