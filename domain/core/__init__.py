"""What all rules share: states and moves, stored names, subjects."""
