-- Who said that the board may show it. For somebody without Telegram that is staff, who say how they asked.
ALTER TABLE pledge_consents ADD COLUMN given_by INTEGER REFERENCES people(id);
ALTER TABLE pledge_consents ADD COLUMN how TEXT;           -- in_person, telephone, paper; empty: they said so themselves
