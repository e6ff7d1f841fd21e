-- What became of a finding behind a meter: who was told, and what was found in the end.
CREATE TABLE water_leak (
    -- Number of the finding.
    finding BIGINT NOT NULL PRIMARY KEY,
    meter VARCHAR(64) NOT NULL,
    -- When the home was told; -1 where nobody has the meter.
    told_ms BIGINT NOT NULL,
    -- suspected, visited, leak, no-leak
    state VARCHAR(12) NOT NULL,
    note VARCHAR(300) NOT NULL
);

CREATE INDEX water_leak_state ON water_leak (state, finding);
CREATE INDEX water_leak_meter ON water_leak (meter);
