-- On-demand sources are looked up at request time: they have no streams, no schedule and no runs.
ALTER TABLE control.source
  ADD COLUMN kind text NOT NULL DEFAULT 'replicating' CHECK (kind IN ('replicating', 'on-demand'));

-- How calls to a source went, as the process that made the last one saw it. Nothing of what was asked or answered.
CREATE TABLE control.lookup_state (
  source text PRIMARY KEY REFERENCES control.source ON DELETE CASCADE,
  breaker text NOT NULL CHECK (breaker IN ('CLOSED', 'OPEN', 'HALF_OPEN')),
  last_call_at timestamptz NOT NULL,
  last_answer_at timestamptz,
  last_code text,
  last_ms int4 NOT NULL,
  calls int8 NOT NULL DEFAULT 0,
  failures int8 NOT NULL DEFAULT 0
);
GRANT SELECT, INSERT, UPDATE ON control.lookup_state TO isthmus_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON control.lookup_state TO isthmus_worker;
GRANT SELECT ON control.lookup_state TO isthmus_auditor;
