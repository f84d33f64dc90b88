"""Projects in the chat: reports that are led as one."""
