"""Questionnaires in XLSForm: the form, its logic, its answers."""
