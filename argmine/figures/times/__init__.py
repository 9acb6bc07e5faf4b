"""Dates, clock times, periods and frequencies."""
