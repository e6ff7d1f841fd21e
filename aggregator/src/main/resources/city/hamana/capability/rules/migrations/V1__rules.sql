CREATE TABLE rules_version (
    table_name VARCHAR(60) NOT NULL,
    number INTEGER NOT NULL,
    -- Days since 1970.
    from_day BIGINT NOT NULL,
    body ${longtext} NOT NULL,
    actor VARCHAR(200) NOT NULL,
    saved_ms BIGINT NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    PRIMARY KEY (table_name, number)
);

CREATE INDEX rules_version_day ON rules_version (table_name, from_day);
