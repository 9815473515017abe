"""The register of gates that stages wait for."""
