"""What conversations and notices are made of: the update, texts, buttons. It imports no handlers of a capability."""
