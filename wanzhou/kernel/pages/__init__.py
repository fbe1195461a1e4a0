"""What every public page and file shares: the visit, the answer and its validators, the frame, the release."""
