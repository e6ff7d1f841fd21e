-- Since when an account has something to its credit; 0 where that was before the city kept the day.
ALTER TABLE payments_credit ADD COLUMN since_ms BIGINT DEFAULT 0 NOT NULL;
-- Whose money goes back; empty while the city does not know a party for the account.
ALTER TABLE payments_refund ADD COLUMN party VARCHAR(20) DEFAULT '' NOT NULL;
-- When it was given back; 0 while it is not.
ALTER TABLE payments_refund ADD COLUMN paid_ms BIGINT DEFAULT 0 NOT NULL;
UPDATE payments_refund SET party = (SELECT c.party FROM payments_charge c WHERE c.id = payments_refund.charge)
    WHERE EXISTS (SELECT 1 FROM payments_charge c WHERE c.id = payments_refund.charge);
UPDATE payments_refund SET paid_ms = at_ms WHERE state = 'paid';
CREATE INDEX payments_refund_party ON payments_refund (party);
