"""From what a 考核办法 says of history to the policy by which a visit is judged."""

from __future__ import annotations

from scoring.history.ladder import Policy
from scoring.rule.scheme import Scheme


def policy(scheme: Scheme, source: str) -> Policy:
    """Return the policy of a scheme for the visits of a source."""
    del scheme, source
    return Policy()
