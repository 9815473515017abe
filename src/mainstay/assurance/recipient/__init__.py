"""The register of recipients of reports."""
