-- Events that systems push: here before they are acknowledged, gone in the transaction of the page that takes them.
CREATE TABLE data.push_inbox (
  stream int4 NOT NULL REFERENCES control.stream,
  seq int8 GENERATED ALWAYS AS IDENTITY,
  event bytea NOT NULL,
  -- The source's own time of the event.
  occurred_at timestamptz,
  received_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- The record as it came, sealed.
  body bytea NOT NULL,
  PRIMARY KEY (stream, seq)
);
ALTER TABLE data.push_inbox ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY needs_context ON data.push_inbox USING (nullif(current_setting('isthmus.actor', true), '') IS NOT NULL);
-- Whoever serves the interface puts events in and counts them; what they say it cannot read again.
GRANT INSERT, SELECT (stream, seq, received_at) ON data.push_inbox TO isthmus_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON data.push_inbox TO isthmus_worker;

-- Which events have come, by keyed hash of their id: a second delivery is none.
CREATE TABLE control.push_seen (
  stream int4 NOT NULL REFERENCES control.stream,
  event bytea NOT NULL,
  received_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (stream, event)
);
CREATE INDEX push_seen_by_time ON control.push_seen (stream, received_at);
GRANT SELECT, INSERT ON control.push_seen TO isthmus_app;
GRANT SELECT ON control.push_seen TO isthmus_auditor;
GRANT SELECT, INSERT, UPDATE, DELETE ON control.push_seen TO isthmus_worker;

-- The newest event of a record that was taken: one that was sent before it and comes after it says nothing any more.
CREATE TABLE data.push_mark (
  stream int4 NOT NULL REFERENCES control.stream,
  key text COLLATE "C" NOT NULL,
  occurred_at timestamptz NOT NULL,
  PRIMARY KEY (stream, key)
);
ALTER TABLE data.push_mark ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY needs_context ON data.push_mark USING (nullif(current_setting('isthmus.actor', true), '') IS NOT NULL);
GRANT SELECT, INSERT, UPDATE, DELETE ON data.push_mark TO isthmus_worker;

-- Pushed events and a snapshot of the same stream may both wait; the lease lets one of them work at a time.
DROP INDEX control.sync_run_one_open;
CREATE UNIQUE INDEX sync_run_one_open ON control.sync_run (stream) WHERE state IN ('QUEUED', 'RUNNING') AND mode <> 'push';
CREATE UNIQUE INDEX sync_run_one_push ON control.sync_run (stream) WHERE state IN ('QUEUED', 'RUNNING') AND mode = 'push';
