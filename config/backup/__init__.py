"""
A backup: one file with all that must not be lost, the rows of either database and the keys that they go by.

Nothing of Redis: rows are the truth. No mail of DATA_DIR: it has been read. No other files: all uploads are rows.
"""
