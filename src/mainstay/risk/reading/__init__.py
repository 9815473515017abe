"""The register of readings of early-warning indicators."""
