-- What stands where, and from when to when it does.
CREATE TABLE maps_feature (
    id VARCHAR(64) NOT NULL PRIMARY KEY,
    layer VARCHAR(40) NOT NULL,
    -- well-known binary, longitude before latitude, WGS 84
    geometry ${bytes} NOT NULL,
    -- JSON
    properties VARCHAR(4000) NOT NULL,
    west DOUBLE PRECISION NOT NULL,
    south DOUBLE PRECISION NOT NULL,
    east DOUBLE PRECISION NOT NULL,
    north DOUBLE PRECISION NOT NULL,
    valid_from_ms BIGINT NOT NULL,
    -- 9223372036854775807 while no end is known
    valid_to_ms BIGINT NOT NULL
);
CREATE INDEX maps_feature_box ON maps_feature (layer, west, east, south, north);
