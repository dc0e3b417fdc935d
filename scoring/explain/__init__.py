"""Why this number: cards, rounds and rules read aloud."""
