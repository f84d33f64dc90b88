"""Words to many: how far they are, and which of them somebody reads."""
