"""The register of transition plans."""
