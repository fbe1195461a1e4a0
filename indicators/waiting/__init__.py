"""What waits for the city, as the public may read it: since when, for what, and what hangs on it."""
