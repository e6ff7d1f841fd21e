-- The secret of an authenticator app, sealed by a key that is not in the database; the column "secret" is emptied at the
-- next start.
ALTER TABLE people_totp ADD COLUMN sealed VARCHAR(200) DEFAULT '' NOT NULL;
