"""The running program: commands, settings, and the road an update takes."""
