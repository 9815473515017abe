"""The register of entries of the assurance map."""
