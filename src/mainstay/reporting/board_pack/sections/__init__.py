"""The sections of the pack, one module each: facts in, a section of the report out."""
