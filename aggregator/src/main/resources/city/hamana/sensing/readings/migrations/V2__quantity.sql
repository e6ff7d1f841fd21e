-- The few series of gauges and access points are found among the many of meters.
CREATE INDEX readings_series_quantity ON readings_series (quantity, meter);
