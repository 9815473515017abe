"""The register of recommendations."""
