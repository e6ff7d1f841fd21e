-- Each warning sign as it last told of itself.
CREATE TABLE underpass_sign (
    id VARCHAR(64) NOT NULL PRIMARY KEY,
    -- The node that drives it.
    device VARCHAR(64) NOT NULL,
    reached BOOLEAN NOT NULL,
    -- A SignState (status.proto).
    state ${bytes} NOT NULL,
    -- Real time.
    heard_ms BIGINT NOT NULL
);
