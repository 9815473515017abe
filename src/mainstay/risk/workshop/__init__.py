"""The register of risk workshops, and what is scored in them."""
