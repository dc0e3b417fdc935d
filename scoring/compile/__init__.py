"""From what a rule file says to what a program does: words settled against the form, prices in one shape."""
