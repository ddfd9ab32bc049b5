"""What crosses on a USB stick: the ``.fvb`` container, and what it carries between desks and the centre."""
