-- A mandate comes online or on paper, waits for the bank, and is then active or refused.
ALTER TABLE payments_debit ADD COLUMN origin VARCHAR(10) DEFAULT 'online' NOT NULL;
-- first day on which a bill may be debited, days since 1970-01-01
ALTER TABLE payments_debit ADD COLUMN from_day BIGINT DEFAULT 0 NOT NULL;
-- whose account it is with the service; empty while the city does not know a party for it
ALTER TABLE payments_debit ADD COLUMN party VARCHAR(20) DEFAULT '' NOT NULL;
-- when the bank's word was entered, and by whom
ALTER TABLE payments_debit ADD COLUMN decided_ms BIGINT DEFAULT 0 NOT NULL;
ALTER TABLE payments_debit ADD COLUMN decided_by VARCHAR(100) DEFAULT '' NOT NULL;
-- why the bank refused it, or why it ended
ALTER TABLE payments_debit ADD COLUMN reason VARCHAR(300) DEFAULT '' NOT NULL;
UPDATE payments_debit SET party = (SELECT MAX(c.party) FROM payments_charge c
        WHERE c.service = payments_debit.service AND c.account = payments_debit.account)
    WHERE EXISTS (SELECT 1 FROM payments_charge c
        WHERE c.service = payments_debit.service AND c.account = payments_debit.account);
CREATE INDEX payments_debit_state ON payments_debit (service, state, id);
CREATE INDEX payments_debit_party ON payments_debit (party);
