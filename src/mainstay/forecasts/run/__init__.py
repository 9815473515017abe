"""The register of runs."""
