-- What was sent since a day, for the plan's figures.
CREATE INDEX notices_delivery_sent ON notices_delivery (state, at_ms);
