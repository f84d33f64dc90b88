"""Figures that people get by themselves: staff each week, project leads each month, and who asks for it each week."""
