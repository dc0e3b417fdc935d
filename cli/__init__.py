"""The command ``chuangwei``."""
