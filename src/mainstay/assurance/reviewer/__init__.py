"""The register of reviewers."""
