-- Who was sent a photo of a project: to take it back.
CREATE INDEX cards_photo_copies ON cards(role) WHERE role >= 'photo_copy:' AND role < 'photo_copy;';
