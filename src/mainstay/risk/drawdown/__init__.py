"""The register of drawdowns."""
