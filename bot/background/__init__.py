"""What happens by the clock or takes seconds: the tick, and work beside the road, row by row."""
