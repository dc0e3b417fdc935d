"""Do inspectors judge alike, who is lenient, and do announced visits look better than unannounced ones."""
