"""What is printed: orders, and posters."""
