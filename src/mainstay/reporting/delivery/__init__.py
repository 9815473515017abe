"""The register of deliveries: one pack to one person, from the message to its being opened."""
