"""The register of definitions: what a return asks, of whom and by when."""
