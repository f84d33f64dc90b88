"""Reports on the public page, as staff release them and those whose report it is hear of it."""
