"""The register of document requests of reviews."""
