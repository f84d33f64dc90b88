"""What people can do with what is kept about them."""
