"""The register of readiness criteria."""
