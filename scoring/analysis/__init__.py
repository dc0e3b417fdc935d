"""What can be asked of scores once they are there. Pure: values in, frozen values out, no file, clock or database.

``draw`` whom to inspect; ``consistency`` of inspectors; ``target`` the cheapest way to a grade; ``movement`` between two
rounds; ``ranking`` a published table against its own rule.
"""
