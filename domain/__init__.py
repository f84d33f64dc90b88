"""Plain types and pure rules. No I/O, no clock: time comes in as an argument."""
