CREATE TABLE devices_device (
    id VARCHAR(64) NOT NULL PRIMARY KEY,
    -- Its gateway's id; its own for a gateway.
    gateway VARCHAR(64) NOT NULL,
    heard_ms BIGINT NOT NULL,
    -- Whether the gateway hears it; true for a gateway.
    connected BOOLEAN NOT NULL,
    -- The state that the event log last told of.
    told VARCHAR(16) NOT NULL,
    clock_offset_ms BIGINT NOT NULL,
    -- Its last Status, protobuf, as it was sent.
    status ${bytes} NOT NULL
);

CREATE INDEX devices_device_gateway ON devices_device (gateway);
