"""The register of standards."""
