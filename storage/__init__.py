"""The only place with SQL: the database, its transactions, and one module per aggregate."""
