"""The estate's own plan, as it is stored."""
