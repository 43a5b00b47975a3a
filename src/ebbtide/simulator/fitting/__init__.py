"""Fitting the dyad to a record: what is believed of its few parameters once the record is read."""
