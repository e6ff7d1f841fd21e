-- Until when a meter's verification holds (計量法: eight years).
CREATE TABLE water_seal (
    meter VARCHAR(64) NOT NULL PRIMARY KEY,
    -- First day on which it does not hold any more.
    until_day BIGINT NOT NULL
);

CREATE INDEX water_seal_until ON water_seal (until_day);

-- What the trial of the time-of-use tariff has moved, as it was reckoned on a day.
CREATE TABLE water_effect (
    reckoned_day BIGINT NOT NULL PRIMARY KEY,
    -- Homes in the trial, and homes beside them that are not.
    trial_homes BIGINT NOT NULL,
    control_homes BIGINT NOT NULL,
    -- Share of the water that runs in the cheapest band, in parts of a million: before and after, of both.
    trial_before BIGINT NOT NULL,
    trial_after BIGINT NOT NULL,
    control_before BIGINT NOT NULL,
    control_after BIGINT NOT NULL,
    -- By how much the trial moved it, and half the width of its 95 % confidence interval.
    moved BIGINT NOT NULL,
    margin BIGINT NOT NULL
);
