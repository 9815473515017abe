"""Rules that hold for every register, every address and every role: generated, so that a new register is covered by being declared."""
