"""What people see of figures over a period."""
