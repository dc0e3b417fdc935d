"""登记簿: campaigns, the daily log, the weekly clean-up, trainings and papers, and what they add up to in a year."""
