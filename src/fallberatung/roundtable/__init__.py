"""[both] A case at the table: its procedure is blind, its deliberation sees."""
