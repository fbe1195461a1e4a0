"""One indicator across years: what its page shows, filled from publications and nothing else."""
