"""The 登记表 of a standard as a workbook to fill in."""
