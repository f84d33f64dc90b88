"""What everybody may see of a project: its public page, the photos there, and the consent of those who made them."""
