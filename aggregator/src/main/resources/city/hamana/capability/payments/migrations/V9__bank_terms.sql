-- Whether the numbers of accounts were taken out of a file that was made for the bank: its term is over.
ALTER TABLE payments_run ADD COLUMN forgotten BOOLEAN DEFAULT FALSE NOT NULL;
