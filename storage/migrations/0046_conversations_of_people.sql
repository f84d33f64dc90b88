-- What somebody began to write is found, and deleted, without reading what everybody began.
CREATE INDEX conversations_person ON conversations(person);
