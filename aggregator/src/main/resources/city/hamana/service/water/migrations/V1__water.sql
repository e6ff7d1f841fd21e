-- Which meters an account had, one after the other, with what each showed at both ends. An account whose meter was never
-- exchanged has no row: it is its meter, from the beginning.
CREATE TABLE water_installation (
    -- Id of the account's first meter.
    account VARCHAR(64) NOT NULL,
    meter VARCHAR(64) NOT NULL,
    -- By the city's clock; 0 for the first meter.
    from_ms BIGINT NOT NULL,
    -- Register in millilitres when it was put in; 0 for the first meter, where nobody knows.
    from_ml BIGINT NOT NULL,
    -- -1 while it is in.
    to_ms BIGINT NOT NULL,
    -- Register in millilitres when it was taken out.
    to_ml BIGINT NOT NULL,
    -- Why the one before was taken out: expired, fault, other; empty for the first meter.
    reason VARCHAR(12) NOT NULL,
    -- Who entered it.
    entered_by VARCHAR(200) NOT NULL,
    PRIMARY KEY (account, from_ms)
);

CREATE INDEX water_installation_meter ON water_installation (meter, to_ms);
CREATE INDEX water_installation_from ON water_installation (from_ms);
