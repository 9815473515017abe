"""The register of question banks."""
