"""What the report's prose counts: the work targets of a year, and the figures that it cites of the year behind."""
