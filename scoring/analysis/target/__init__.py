"""The cheapest set of open problems whose rectification lifts a card to a grade."""
