"""A fictional programme, whole: a centre, two desks, users, families in every stage.

Real in everything but trust: its keys are practice keys, and a real centre refuses them.
"""
