"""Times, days and ends read out of people's words, in English and Chinese."""
