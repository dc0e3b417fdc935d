"""The form for phones: an XLSForm for ODK Collect and KoboToolbox."""
