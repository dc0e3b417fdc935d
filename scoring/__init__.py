"""Score hygienic-township inspections by declarative rules."""
