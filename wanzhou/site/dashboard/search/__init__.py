"""The search: one question across all indicators and projects, and the index where nothing is asked."""
