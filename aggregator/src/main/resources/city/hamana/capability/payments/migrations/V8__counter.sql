-- At which counter of the city money was taken: its division's code; empty for other ways.
ALTER TABLE payments_payment ADD COLUMN counter VARCHAR(40) DEFAULT '' NOT NULL;
-- A receipt of the counter that was wrong is taken back on its day; reversed_by is empty for all others.
ALTER TABLE payments_payment ADD COLUMN reversed_by VARCHAR(100) DEFAULT '' NOT NULL;
ALTER TABLE payments_payment ADD COLUMN reversed_reason VARCHAR(300) DEFAULT '' NOT NULL;
CREATE INDEX payments_payment_counter ON payments_payment (counter, book_day);

-- The city's counters. Whoever takes money or closes the day changes the row, so that one waits for the other.
CREATE TABLE payments_counter (
    code VARCHAR(40) NOT NULL PRIMARY KEY,
    turns BIGINT NOT NULL
);

-- A day of a counter whose cash was counted.
CREATE TABLE payments_counter_close (
    counter VARCHAR(40) NOT NULL,
    book_day BIGINT NOT NULL,
    payments BIGINT NOT NULL,
    -- what the receipts say, and what lay in the drawer beyond the float
    booked BIGINT NOT NULL,
    counted BIGINT NOT NULL,
    -- why they differ; empty where they do not
    explanation VARCHAR(300) NOT NULL,
    actor VARCHAR(100) NOT NULL,
    at_ms BIGINT NOT NULL,
    -- when it was brought to the bank, and by whom; 0 and empty while it was not
    banked_ms BIGINT NOT NULL,
    banked_by VARCHAR(100) NOT NULL,
    PRIMARY KEY (counter, book_day)
);
