"""The use cases of promises."""
