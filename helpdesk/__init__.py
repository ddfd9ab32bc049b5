"""Help Desk without a window: everything the program does, for window, command line and centre alike.

Nothing below this package may import ``ui`` or PySide6 (tests/house/test_imports.py).
"""

__version__ = "0.1.0"
