"""Conversations that are not finished, whatever they are about: reminded of, put away, let go."""
