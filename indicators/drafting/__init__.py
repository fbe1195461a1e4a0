"""The plan of a new year: carried forward from the last one, edited as a draft, approved by the congress."""
