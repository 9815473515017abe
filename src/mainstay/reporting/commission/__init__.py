"""The register of commissions: a definition asked of a set of initiatives for one period."""
