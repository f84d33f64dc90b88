"""Times: local time, working hours, quiet hours, what comes again."""
