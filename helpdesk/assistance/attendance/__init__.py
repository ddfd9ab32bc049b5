"""Attendance: cash-for-work sheets, from the blank lines at the work to the vouchers for the days worked."""
