CREATE INDEX events_log_actor ON events_log (actor, sequence);
CREATE INDEX events_log_kind ON events_log (kind, sequence);
CREATE INDEX events_log_at ON events_log (at_ms);
