"""The quarterly grid: what it shows, what is sent from it, and the pages round it."""
