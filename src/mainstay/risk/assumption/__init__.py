"""The register of assumptions."""
