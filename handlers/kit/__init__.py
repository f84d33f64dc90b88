"""What every conversation and notice is made of: the update at hand, texts, buttons, parts. It knows no capability."""
