"""The register of assurance reviews."""
