"""Numbers and what makes them figures: units, rates, ranges, bounds."""
