-- Every command that city hall ever issued to a warning sign. Nothing is changed but what became of it.
CREATE TABLE commands_issued (
    device VARCHAR(64) NOT NULL,
    number BIGINT NOT NULL,
    -- Number of a SignAspect; 0: the sign goes by the water again.
    aspect INTEGER NOT NULL,
    silence BOOLEAN NOT NULL,
    -- By the city's clock.
    issued_ms BIGINT NOT NULL,
    ends_ms BIGINT NOT NULL,
    issued_by VARCHAR(200) NOT NULL,
    -- sent, in-force, ended, overruled, expired, superseded
    state VARCHAR(12) NOT NULL,
    told_ms BIGINT NOT NULL,
    PRIMARY KEY (device, number)
);

CREATE INDEX commands_issued_state ON commands_issued (state, device, number);
