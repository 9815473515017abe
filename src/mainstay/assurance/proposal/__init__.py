"""The register of proposed calendars: a search as a job, its result kept, shown, and accepted by a person."""
