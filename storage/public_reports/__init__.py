"""What is kept of reports that everybody may see."""
