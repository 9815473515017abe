"""The register of interviews of reviews."""
