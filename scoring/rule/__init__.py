"""What rule files may say: standards, schemes and the cases beside them, as pydantic models with Chinese keys."""
