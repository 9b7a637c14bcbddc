-- Pace, budget and breaker of a source: one row that all workers share, so that several of them together ask no more
-- often than one may. No row = nothing has gone wrong yet and nothing is counted.
CREATE TABLE control.source_gate (
  source text PRIMARY KEY REFERENCES control.source,
  failures int4 NOT NULL DEFAULT 0,
  opens int4 NOT NULL DEFAULT 0,
  -- No request before this; NULL = closed.
  open_until timestamptz,
  -- One request is under way to see whether the source is back.
  probe_until timestamptz,
  cause text,
  -- The next request's earliest moment: the declared pace, and what Retry-After asked for.
  next_at timestamptz,
  hour_from timestamptz NOT NULL DEFAULT clock_timestamp(),
  requests int4 NOT NULL DEFAULT 0,
  failed int4 NOT NULL DEFAULT 0
);
GRANT SELECT ON control.source_gate TO isthmus_app, isthmus_auditor;
GRANT UPDATE ON control.source_gate TO isthmus_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON control.source_gate TO isthmus_worker;
