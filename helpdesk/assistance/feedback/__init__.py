"""Feedback and complaints: what people say to the programme, what was answered, and what no desk can read back."""
