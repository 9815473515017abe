"""The register of challenges: what the office asked about a return, and what was answered."""
