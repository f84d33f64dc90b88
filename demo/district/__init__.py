"""A year of a district: what it reported, promised, led and repaired, as a generator with a seed makes it of data.json.

Not one figure stands in it: they come out of the events, as any community's do.
"""
