"""What must be put right: orders made from cards, and their life from 交办 to 销号."""
