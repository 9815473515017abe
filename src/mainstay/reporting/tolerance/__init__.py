"""Tolerances and how far each is used: time, cost and risk, measured from plan, returns and registers; nobody's opinion is asked."""
