"""The register of risk potential assessments."""
