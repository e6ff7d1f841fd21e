-- Division that posts the message as a letter where that is due; empty for never.
ALTER TABLE notices_message ADD COLUMN letter_from VARCHAR(40) NOT NULL DEFAULT '';

CREATE INDEX notices_message_letter ON notices_message (letter_from, id);
