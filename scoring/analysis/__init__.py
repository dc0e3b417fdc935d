"""What can be asked of scores once they are there. Pure: values in, frozen values out, no clock and no database.

``draw`` whom to inspect; ``agreement`` of inspectors; ``target`` the cheapest way to a grade; ``movement`` between two
rounds; ``consistent`` a published table against its own rule, which ``ranking_sheet`` reads.
"""
