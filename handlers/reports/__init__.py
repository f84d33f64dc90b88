"""Reports: what a resident sends, and all that becomes of it. What both sides share stands here."""
