-- What homes alike used in a month, each a day. A row stands for ten homes at least.
CREATE TABLE water_peer (
    -- First day of the month.
    month_day BIGINT NOT NULL,
    bore INTEGER NOT NULL,
    -- How many live there; 0 for all homes of the bore.
    persons INTEGER NOT NULL,
    homes BIGINT NOT NULL,
    -- Millilitres a day: a quarter of the homes used less, half of them, three quarters.
    quarter_ml BIGINT NOT NULL,
    half_ml BIGINT NOT NULL,
    three_ml BIGINT NOT NULL,
    PRIMARY KEY (month_day, bore, persons)
);
