"""The register of cut-over steps."""
