"""The sandbox's own tests: `python -m pytest` in the folder above."""
