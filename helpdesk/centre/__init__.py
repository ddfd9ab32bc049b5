"""The centre: takes in what desks send, answers, keeps the register of desks and finds families registered twice.

It never changes what a desk wrote; its own decisions travel back in bundles and acknowledgements.
"""
