"""When the list of the week comes to everybody who has not chosen otherwise (`/settings`): Monday at nine."""

WEEKDAY = 0
"""Monday; Sunday is 6."""
MINUTE = 9 * 60
"""Of the day, by the community's clock."""
