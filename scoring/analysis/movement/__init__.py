"""Who moved between two rounds, in score and in rank, and why."""
