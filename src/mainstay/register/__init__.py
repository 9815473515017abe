"""The mechanism: everything that is the same for all registers, once. It knows no PMO function."""
