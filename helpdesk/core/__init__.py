"""What every other room stands on: errors, clock, ids, numbers, text, language, progress, settings, logs.

It knows no households, no store and no keys.
"""
