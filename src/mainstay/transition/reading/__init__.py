"""The register of readings of stability measures."""
