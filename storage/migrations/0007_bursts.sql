-- How many cards a group was given lately: the tenth newest is found by ten steps of this index.
CREATE INDEX cards_staff ON cards(chat, id) WHERE role = 'staff';
CREATE INDEX gathered_card ON gathered(card, voice);
