-- Where drinking water is looked at; the analyser's id is the place's.
CREATE TABLE quality_point (
    id VARCHAR(64) NOT NULL PRIMARY KEY,
    name VARCHAR(100) NOT NULL,
    -- free or combined chlorine
    kind VARCHAR(10) NOT NULL,
    -- Water that flows by, m³/h, for the dosing advice; 0 when it is not known.
    flow_m3h INTEGER NOT NULL,
    -- Whether the raised limit holds, because contamination is feared.
    raised BOOLEAN NOT NULL,
    raised_why VARCHAR(200) NOT NULL,
    -- What was last found, and since when.
    verdict VARCHAR(20) NOT NULL,
    since_ms BIGINT NOT NULL
);

-- The daily check; what was written down once stays, a correction stands beside it.
CREATE TABLE quality_check (
    point VARCHAR(64) NOT NULL REFERENCES quality_point (id),
    check_day BIGINT NOT NULL,
    correction INTEGER NOT NULL,
    -- Whether something was seen that is not usual.
    colour BOOLEAN NOT NULL,
    turbidity BOOLEAN NOT NULL,
    -- Residual chlorine in µg/L.
    residual_ug INTEGER NOT NULL,
    note VARCHAR(300) NOT NULL,
    checked_by VARCHAR(200) NOT NULL,
    at_ms BIGINT NOT NULL,
    PRIMARY KEY (point, check_day, correction)
);

CREATE INDEX quality_check_day ON quality_check (check_day);
