"""The register of causes."""
