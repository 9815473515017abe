"""The register of recipients: who is sent the packs of an initiative, and when."""
