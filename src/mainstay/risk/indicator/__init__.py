"""The register of early-warning indicators."""
