"""Registers: BAG, TOP10NL, NWB, CBS and lists of businesses, each by its contract."""
