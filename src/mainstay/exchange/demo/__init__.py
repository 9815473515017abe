"""The demonstration: a fictional programme made as files, dated from today, and loaded through the same imports as anyone's."""
