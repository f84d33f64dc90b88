"""What is said to many: what it says, who gets it, and their copies."""
