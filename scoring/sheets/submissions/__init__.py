"""What phones submitted, as ODK Central and KoboToolbox export it: a reader for each dialect, one way to tables."""
