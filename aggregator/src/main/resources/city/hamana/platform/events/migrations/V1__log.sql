CREATE TABLE events_log (
    sequence BIGINT NOT NULL PRIMARY KEY,
    at_ms BIGINT NOT NULL,
    kind VARCHAR(100) NOT NULL,
    actor VARCHAR(200) NOT NULL,
    subject VARCHAR(200) NOT NULL,
    detail VARCHAR(4000) NOT NULL,
    previous_hash CHAR(64) NOT NULL,
    hash CHAR(64) NOT NULL
);

CREATE INDEX events_log_subject ON events_log (subject, sequence);

-- One row, locked by whoever appends: the log has one order.
CREATE TABLE events_head (
    id INTEGER NOT NULL PRIMARY KEY,
    last_sequence BIGINT NOT NULL,
    last_hash CHAR(64) NOT NULL
);

INSERT INTO events_head (id, last_sequence, last_hash)
VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');
