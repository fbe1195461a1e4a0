"""A department's 调度表 as a workbook: out to fill, and back in with care. Pure."""
