-- Every version of a device's settings that city hall ever issued. Nothing is changed but what became of it.
CREATE TABLE settings_version (
    device VARCHAR(64) NOT NULL,
    version BIGINT NOT NULL,
    issued_ms BIGINT NOT NULL,
    issued_by VARCHAR(80) NOT NULL,
    confirm_within_ms BIGINT NOT NULL,
    -- key=value, one a line, in order of the keys.
    settings VARCHAR(8000) NOT NULL,
    -- sent, confirmed, refused, superseded
    state VARCHAR(12) NOT NULL,
    told_ms BIGINT NOT NULL,
    reason VARCHAR(300) NOT NULL,
    PRIMARY KEY (device, version)
);

CREATE INDEX settings_version_state ON settings_version (state, device);
