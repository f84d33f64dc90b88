"""Measures the bot beside others: `make bench`. docs/performance.md says how."""
