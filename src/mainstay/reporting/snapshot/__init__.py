"""The register of snapshots: facts frozen under the digest of their content."""

from mainstay.reporting.snapshot.verifying import verify

__all__ = ["verify"]
