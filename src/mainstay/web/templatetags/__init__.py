"""The tag library that every template loads."""
