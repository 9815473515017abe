"""The register of published positions: what a publication says of a project."""
