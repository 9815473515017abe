"""The register of risk budgets."""
