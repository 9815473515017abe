"""The register of exception reports: a tolerance that is or will be passed, put to the board that may decide about it."""
