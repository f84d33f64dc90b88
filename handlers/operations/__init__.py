"""What admins hear of the machine: backups, downtime, quarantine, refusals."""
