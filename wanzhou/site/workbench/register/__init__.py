"""The desk of key projects: the board, rounds, problems to settle, questions, and projects that look alike."""
