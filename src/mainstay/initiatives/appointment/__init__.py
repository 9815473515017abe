"""The register of appointments."""
