"""The register of issues."""
