"""Conversations with a purpose: the engine that runs them, the kinds of question, and drafts that wait."""
