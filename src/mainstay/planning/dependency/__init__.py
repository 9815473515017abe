"""The register of dependencies."""
