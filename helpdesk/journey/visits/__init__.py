"""Go-and-see and come-and-tell: who was offered a seat, who went, what they saw, what they decided afterwards."""
