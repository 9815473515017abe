"""The register of approvals."""
