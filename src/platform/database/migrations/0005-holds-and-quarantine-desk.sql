-- Why a stream waits, exactly what was shown, and who decided. A decision speaks of what its row shows and no more.
CREATE TABLE control.hold (
  id int4 GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  stream int4 NOT NULL REFERENCES control.stream,
  run int4 NOT NULL UNIQUE REFERENCES control.sync_run,
  code text NOT NULL,
  params jsonb NOT NULL DEFAULT '{}',
  adapter_hash text NOT NULL,
  -- Columns or fields that were missing.
  lost text[] NOT NULL DEFAULT '{}',
  -- Records that were found bad.
  bad int8 NOT NULL DEFAULT 0,
  -- Numbers of the rows that would be deleted, ascending, as differences.
  doomed bytea,
  since timestamptz NOT NULL DEFAULT clock_timestamp(),
  held_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  decision text CHECK (decision IN ('APPROVED', 'REFUSED')),
  decided_at timestamptz,
  decided_by text,
  decided_unit text,
  decided_person text,
  decided_reason text,
  -- The run that the approval started.
  next_run int4,
  -- The cause is gone or the approval was used: it allows nothing any more.
  ended_at timestamptz
);
CREATE INDEX hold_of_stream ON control.hold (stream, id DESC);
GRANT SELECT ON control.hold TO isthmus_app, isthmus_auditor;
GRANT UPDATE (decision, decided_at, decided_by, decided_unit, decided_person, decided_reason, next_run, ended_at) ON control.hold TO isthmus_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON control.hold TO isthmus_worker;

-- Fields that every record of the last complete scan had, where records name their fields.
ALTER TABLE control.stream ADD COLUMN always_fields text[];

-- What a replay takes up: {reason} or {ids}, and how old its records are.
ALTER TABLE control.sync_run ADD COLUMN selection jsonb;

-- How a quarantined record was settled, and the replay that looked at it last.
ALTER TABLE data.quarantine
  ADD COLUMN replayed_run int4,
  ADD COLUMN resolution text CHECK (resolution IN ('RESOLVED', 'REPLAYED', 'VANISHED', 'SUPERSEDED')),
  ADD COLUMN resolved_by text,
  ADD COLUMN resolved_reason text;
CREATE INDEX quarantine_waiting ON data.quarantine (stream, reason) WHERE resolved_at IS NULL;
GRANT UPDATE (resolved_at, resolution, resolved_by, resolved_reason) ON data.quarantine TO isthmus_app;
