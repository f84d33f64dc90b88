"""From the inbox to what follows: the loop, who handles an update, and what is answered at once."""
