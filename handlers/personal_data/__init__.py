"""What people see of what is kept about them."""
