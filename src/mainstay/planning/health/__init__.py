"""The health of a schedule: the fourteen points of the DCMA assessment and GAO's ten practices, with what they count."""
