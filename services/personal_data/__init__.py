"""What everybody may do with what is kept about them."""
