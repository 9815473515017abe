"""The register of returns: what one initiative answered to a commission."""
