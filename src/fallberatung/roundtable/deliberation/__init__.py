"""[seeing] What the table says: entries, and the board they fold into."""
