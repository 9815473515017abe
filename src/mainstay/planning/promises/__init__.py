"""Dependencies as promises: circles refused, drift escalated, givers' records, chains and their probability."""
