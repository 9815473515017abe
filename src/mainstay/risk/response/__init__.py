"""The register of risk responses."""
