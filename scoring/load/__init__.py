"""Rule files in: YAML with the place of every mistake."""
