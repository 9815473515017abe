"""What a cycle of returns costs and what it is worth: who is in time, how long it takes, and which answers anybody reads."""
