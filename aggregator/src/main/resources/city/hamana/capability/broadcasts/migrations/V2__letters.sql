-- Whether the division posts letters to whom nothing else reaches.
ALTER TABLE broadcasts_message ADD COLUMN letters BOOLEAN NOT NULL DEFAULT FALSE;
