"""The register of stability measures."""
