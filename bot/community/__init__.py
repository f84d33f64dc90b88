"""Reading a community file.

Its shape, its meaning, its mistakes in plain sentences; and the danger words that come with the program.
"""
