-- What people say about links, and what became of residents: link obeys the first and writes the second.

-- One order a person gave: a review item decided, or a link undone. `residents` = whom it was about when it was given.
CREATE TABLE data.link_order (
  id uuid PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('review', 'undo')),
  verdict text NOT NULL CHECK (verdict IN ('SAME', 'DIFFERENT', 'UNCLEAR')),
  review uuid,
  -- undo: the member taken out of the resident.
  source text COLLATE "C",
  person_key text COLLATE "C",
  residents uuid[] NOT NULL,
  reason text NOT NULL,
  actor text NOT NULL,
  unit text,
  at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX link_order_residents ON data.link_order USING gin (residents);

-- What holds for two persons of sources, (a) before (b) by name; for one alone, a = b. The last order about a pair
-- holds. `evidence` = keyed digest of what was to be compared: while it is the same, the pair is no doubt.
CREATE TABLE data.link_verdict (
  a_source text COLLATE "C" NOT NULL,
  a_key text COLLATE "C" NOT NULL,
  b_source text COLLATE "C" NOT NULL,
  b_key text COLLATE "C" NOT NULL,
  verdict text NOT NULL CHECK (verdict IN ('SAME', 'DIFFERENT', 'UNCLEAR')),
  evidence bytea NOT NULL,
  link_order uuid NOT NULL,
  PRIMARY KEY (a_source, a_key, b_source, b_key)
);
CREATE INDEX link_verdict_b ON data.link_verdict (b_source, b_key);

ALTER TABLE data.review_item ADD COLUMN verdict text, ADD COLUMN link_order uuid;

-- Ids of residents that were merged into another. An id that comes into use again leaves this table.
CREATE TABLE data.resident_redirect (
  id uuid PRIMARY KEY,
  survivor uuid NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX resident_redirect_survivor ON data.resident_redirect (survivor);

-- A member's row says when, in which run and by which rule it joined its resident; when it goes, the history keeps that.
ALTER TABLE data.resident_member ADD COLUMN run int4;
ALTER TABLE data.resident_history
  ADD COLUMN run int4,
  ADD COLUMN rule text,
  ADD COLUMN joined_at timestamptz,
  ADD COLUMN joined_run int4,
  ADD COLUMN joined_rule text;

-- The version of each rule that the links were made with; a newer program looks again at whom the rule concerns.
CREATE TABLE control.link_rule (
  code text PRIMARY KEY,
  version int4 NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
INSERT INTO control.link_rule (code, version) VALUES ('full-id', 1), ('name-birth-phone', 1), ('name-dwelling', 1);

-- ── who may touch what ─────────────────────────────────────────────────────────
ALTER TABLE data.link_order ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY actor_known ON data.link_order USING (nullif(current_setting('isthmus.actor', true), '') IS NOT NULL);
ALTER TABLE data.link_verdict ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY actor_known ON data.link_verdict USING (nullif(current_setting('isthmus.actor', true), '') IS NOT NULL);
ALTER TABLE data.resident_redirect ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY actor_known ON data.resident_redirect USING (nullif(current_setting('isthmus.actor', true), '') IS NOT NULL);
GRANT SELECT ON data.link_order, data.resident_redirect TO isthmus_app;
GRANT ALL ON data.link_order, data.link_verdict, data.resident_redirect TO isthmus_worker;
GRANT SELECT, INSERT, UPDATE ON control.link_rule TO isthmus_worker;
