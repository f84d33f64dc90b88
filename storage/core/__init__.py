"""The road's own tables: inbox, outbox, events, what is due, chats, conversations; and the database itself."""
