CREATE SCHEMA control;
CREATE SCHEMA data;
CREATE SCHEMA ledger;
GRANT USAGE ON SCHEMA control TO isthmus_app, isthmus_worker, isthmus_auditor;
GRANT USAGE ON SCHEMA data TO isthmus_app, isthmus_worker;
GRANT USAGE ON SCHEMA ledger TO isthmus_app, isthmus_worker, isthmus_auditor;

-- ── who may ask ────────────────────────────────────────────────────────────────
CREATE TABLE control.api_token (
  id text PRIMARY KEY,
  digest bytea NOT NULL UNIQUE,
  role text NOT NULL,
  unit text NOT NULL,
  person text NOT NULL,
  demo boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  expires_at timestamptz,
  revoked_at timestamptz
);

-- ── adapters and sources ───────────────────────────────────────────────────────
CREATE TABLE control.adapter (
  hash text PRIMARY KEY,
  id text NOT NULL,
  version text NOT NULL,
  mapping_version text NOT NULL,
  manifest bytea NOT NULL,
  mapping bytea NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE TABLE control.source (
  id text PRIMARY KEY,
  adapter text NOT NULL,
  adapter_hash text NOT NULL REFERENCES control.adapter,
  domain text NOT NULL,
  settings jsonb NOT NULL DEFAULT '{}',
  secrets bytea,
  schedule_seconds int4,
  next_sync_at timestamptz,
  demo boolean NOT NULL DEFAULT false,
  check_state text,
  check_code text,
  checked_at timestamptz,
  suspended boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  removed_at timestamptz
);
CREATE TABLE control.stream (
  id int4 GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  source text NOT NULL REFERENCES control.source,
  name text NOT NULL,
  mode text NOT NULL,
  entity text NOT NULL,
  grace_scans int2 NOT NULL DEFAULT 0,
  cursor text,
  epoch int8 NOT NULL DEFAULT 0,
  lease_until timestamptz NOT NULL DEFAULT '-infinity',
  owner text,
  run int4,
  next_n int4 NOT NULL DEFAULT 0,
  mapping_hash text,
  layout text,
  complete_run int4,
  as_of timestamptz,
  UNIQUE (source, name)
);
-- The flags a running page re-reads before its commit: in a row of their own, so a supervisor never waits for a page.
CREATE TABLE control.stream_control (
  stream int4 PRIMARY KEY REFERENCES control.stream,
  hold_code text,
  held_at timestamptz,
  cancel_run int4
);

-- ── runs ───────────────────────────────────────────────────────────────────────
CREATE TABLE control.sync_run (
  id int4 GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  source text NOT NULL REFERENCES control.source,
  stream int4 NOT NULL REFERENCES control.stream,
  mode text NOT NULL,
  state text NOT NULL DEFAULT 'QUEUED',
  origin text,
  error_code text,
  error jsonb,
  adapter_hash text NOT NULL REFERENCES control.adapter,
  adapter_version text NOT NULL,
  mapping_version text NOT NULL,
  requested_by text NOT NULL,
  attempts int4 NOT NULL DEFAULT 0,
  not_before timestamptz NOT NULL DEFAULT '-infinity',
  queued_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  started_at timestamptz,
  ended_at timestamptz,
  cursor_from text,
  expected_total int8,
  scan_complete boolean NOT NULL DEFAULT false,
  completed_periods text[] NOT NULL DEFAULT '{}',
  sweep_after text,
  unreadable_keys int8 NOT NULL DEFAULT 0,
  read int8 NOT NULL DEFAULT 0,
  created int8 NOT NULL DEFAULT 0,
  updated int8 NOT NULL DEFAULT 0,
  unchanged int8 NOT NULL DEFAULT 0,
  revived int8 NOT NULL DEFAULT 0,
  deleted_by_message int8 NOT NULL DEFAULT 0,
  deleted_by_absence int8 NOT NULL DEFAULT 0,
  quarantined int8 NOT NULL DEFAULT 0,
  skipped int8 NOT NULL DEFAULT 0,
  skipped_reasons jsonb NOT NULL DEFAULT '{}',
  live_before int8,
  live_after int8,
  source_digest bytea,
  store_digest bytea,
  balanced boolean
);
CREATE INDEX sync_run_open ON control.sync_run (stream) WHERE state IN ('QUEUED', 'RUNNING');
CREATE INDEX sync_run_by_source ON control.sync_run (source, id DESC);
CREATE UNIQUE INDEX sync_run_one_open ON control.sync_run (stream) WHERE state IN ('QUEUED', 'RUNNING');
CREATE TABLE control.run_page (
  run int4 NOT NULL REFERENCES control.sync_run,
  page int4 NOT NULL,
  epoch int8 NOT NULL,
  cursor_from text,
  cursor_to text,
  read int4 NOT NULL,
  seen bytea,
  digest bytea NOT NULL,
  committed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (run, page)
);
-- Claimed by DELETE … RETURNING in the consumer's own transaction, never read by "id > last".
CREATE TABLE control.change_outbox (
  id int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  stream int4 NOT NULL,
  run int4 NOT NULL,
  page int4 NOT NULL,
  op text NOT NULL,
  keys text[] NOT NULL
);

-- ── personal data that belongs to no entity ────────────────────────────────────
CREATE TABLE data.quarantine (
  stream int4 NOT NULL,
  raw bytea NOT NULL,
  n int4,
  run int4 NOT NULL,
  key text COLLATE "C",
  reason text NOT NULL,
  pointer text NOT NULL,
  shape text NOT NULL,
  body bytea NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  last_run int4 NOT NULL,
  times int4 NOT NULL DEFAULT 1,
  resolved_at timestamptz,
  PRIMARY KEY (stream, raw)
);
CREATE INDEX quarantine_key ON data.quarantine (stream, key);
CREATE TABLE data.subject_key (
  source text NOT NULL,
  person_key text COLLATE "C" NOT NULL,
  wrapped bytea NOT NULL,
  PRIMARY KEY (source, person_key)
);
ALTER TABLE data.quarantine ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE data.subject_key ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY needs_context ON data.quarantine USING (nullif(current_setting('isthmus.actor', true), '') IS NOT NULL);
CREATE POLICY needs_context ON data.subject_key USING (nullif(current_setting('isthmus.actor', true), '') IS NOT NULL);

-- ── evidence ───────────────────────────────────────────────────────────────────
CREATE TABLE ledger.event (
  id uuid PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  code text NOT NULL,
  body bytea NOT NULL
);
CREATE INDEX event_by_time ON ledger.event (at, id);
CREATE TABLE ledger.subject (
  event uuid NOT NULL REFERENCES ledger.event,
  pseudonym text NOT NULL,
  PRIMARY KEY (event, pseudonym)
);
CREATE INDEX subject_by_pseudonym ON ledger.subject (pseudonym);
CREATE FUNCTION ledger.append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the ledger is append-only';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.event FOR EACH STATEMENT EXECUTE FUNCTION ledger.append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.subject FOR EACH STATEMENT EXECUTE FUNCTION ledger.append_only();

-- ── who may touch what ─────────────────────────────────────────────────────────
GRANT SELECT ON ALL TABLES IN SCHEMA control TO isthmus_app;
GRANT INSERT, UPDATE ON control.api_token, control.sync_run, control.stream_control, control.source, control.stream TO isthmus_app;
GRANT INSERT ON control.adapter TO isthmus_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA control TO isthmus_worker;
GRANT SELECT ON control.adapter, control.source, control.stream, control.stream_control, control.sync_run, control.run_page, control.api_token TO isthmus_auditor;
GRANT SELECT ON data.quarantine, data.subject_key TO isthmus_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON data.quarantine, data.subject_key TO isthmus_worker;
GRANT INSERT ON ledger.event, ledger.subject TO isthmus_app, isthmus_worker, isthmus_auditor;
GRANT SELECT ON ledger.event, ledger.subject TO isthmus_auditor;
