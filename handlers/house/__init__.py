"""The house itself: arriving, settings, roles, the staff group, and what admins hear of the machine."""
