"""The calendar of reviews of a place: months and weeks, the board of reviewers, and both as iCalendar."""
