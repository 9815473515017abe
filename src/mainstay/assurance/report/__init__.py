"""The register of review reports."""
