"""[blind] Case and table as a course of steps: states, roles, deadlines, and their ports."""
