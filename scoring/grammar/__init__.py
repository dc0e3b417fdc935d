"""The small languages of rule files read into trees: conditions, arithmetic, bands, deadlines."""
