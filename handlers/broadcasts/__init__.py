"""Words to many: sending them, how far they are, corrections and withdrawals."""
