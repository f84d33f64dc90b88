"""Rules of the estate's own plan: where areas are on it, and what is shown at each."""
