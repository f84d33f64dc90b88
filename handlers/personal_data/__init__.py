"""What everybody can see and have done about what is kept of them."""
