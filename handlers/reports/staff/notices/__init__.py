"""What staff read of what happened to a report, under its card and in private, and what rings."""
