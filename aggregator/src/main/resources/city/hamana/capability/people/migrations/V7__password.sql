-- A password that somebody else made: good for nothing but making one's own.
ALTER TABLE people_user ADD COLUMN password_temporary BOOLEAN DEFAULT FALSE NOT NULL;
