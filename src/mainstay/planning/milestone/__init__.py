"""The register of milestones."""
