"""The register of meetings of boards."""
