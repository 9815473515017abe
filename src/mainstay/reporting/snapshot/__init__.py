"""The register of snapshots: facts frozen under the digest of their content."""
