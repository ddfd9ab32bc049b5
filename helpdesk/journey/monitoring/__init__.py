"""The calls after arrival: when they are due, who was reached, what was answered."""
