"""The register of review teams."""
