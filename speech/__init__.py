"""What is said in each language, whoever reads it: in a chat (handlers/) or on a web page (web/)."""
