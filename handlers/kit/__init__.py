"""What every conversation and notice is made of: the update at hand, texts, buttons, parts. It imports no handlers of a capability."""
