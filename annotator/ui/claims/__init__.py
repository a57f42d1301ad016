"""The page of allegations: one conduct as several articles word it, as table, time line and graph."""
