"""Projects: reports that are led as one."""
