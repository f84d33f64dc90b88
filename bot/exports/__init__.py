"""Files of what the database holds, made beside the running bot: by the command line, or in a program of their own."""
