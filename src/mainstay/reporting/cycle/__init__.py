"""The reporting cycle: a return is defined, commissioned, filled, checked, confirmed and accepted, and its period frozen."""
