"""Levelling: schedules that no resource is asked too much for. `plain_levelling` for test libraries, `plan_levelling` for plans."""
