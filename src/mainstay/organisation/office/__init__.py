"""The register of offices."""
