"""Which backups are kept, and what must not come back with one."""
