"""The tests: they mirror the source, and contract/, cases/, oracle/, golden/ and journeys/ go across it."""
