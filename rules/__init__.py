"""The shipped rule files: standards under ``standards/``, schemes under ``schemes/``."""
