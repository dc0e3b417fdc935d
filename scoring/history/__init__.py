"""What is known of a unit from before, what follows from it, and what the ladder makes of the prices."""
