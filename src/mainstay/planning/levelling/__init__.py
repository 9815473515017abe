"""Levelling of an initiative's plans: a search as a job, its result as a proposal that a person accepts or declines."""
