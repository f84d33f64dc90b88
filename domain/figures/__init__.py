"""Figures over a period: what is counted, of what, and how it is rounded. docs/measures.md says the same in words."""
