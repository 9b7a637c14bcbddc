-- Which records are the same person, dwelling or household; what the golden rows were chosen from.
-- Everything here is derived: it can be emptied and built again from the typed tables (the ids would be new).

-- ── link ───────────────────────────────────────────────────────────────────────
-- A node: one person as one source knows him. `facts` holds what the rules compare (normalised names, births, sexes,
-- blind indexes of linkable numbers), `keys` its match keys (17 bytes each: rule, digest), `areas` the areas of his
-- records, `reviews` the open review items that name him. Ids are handed out in blocks of 10 000, one per worker.
CREATE SEQUENCE data.link_node_block;
CREATE TABLE data.link_node (
  id int8 PRIMARY KEY,
  source text COLLATE "C" NOT NULL,
  person_key text COLLATE "C" NOT NULL,
  facts text NOT NULL,
  keys bytea NOT NULL DEFAULT '',
  areas text[] NOT NULL DEFAULT '{}',
  reviews uuid[] NOT NULL DEFAULT '{}',
  UNIQUE (source, person_key)
);

-- Nodes that share a key may be one person. A key is the number of its rule (1 byte) and a keyed digest (16 bytes):
-- it tells nothing without the keyring.
CREATE TABLE data.match_key (
  key bytea NOT NULL,
  node int8 NOT NULL,
  PRIMARY KEY (key, node)
);

-- The cross-walk: every node belongs to exactly one resident. `reason` names rules and sources, never values.
CREATE TABLE data.resident_member (
  source text COLLATE "C" NOT NULL,
  person_key text COLLATE "C" NOT NULL,
  resident uuid NOT NULL,
  rule text NOT NULL,
  reason jsonb NOT NULL DEFAULT '{}',
  linked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (source, person_key)
) WITH (fillfactor = 70);
CREATE INDEX resident_member_resident ON data.resident_member (resident);

-- Every move of a node between residents: merge, split, leave (its records are gone), return.
CREATE TABLE data.resident_history (
  id int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  kind text NOT NULL,
  source text COLLATE "C" NOT NULL,
  person_key text COLLATE "C" NOT NULL,
  resident_from uuid,
  resident_to uuid
);
CREATE INDEX resident_history_from ON data.resident_history (resident_from);
CREATE INDEX resident_history_to ON data.resident_history (resident_to);

-- What a person must decide. `members` = [{source, personKey}]; `fingerprint` makes the same doubt the same item.
CREATE TABLE data.review_item (
  id uuid PRIMARY KEY,
  kind text NOT NULL,
  reason text NOT NULL,
  members jsonb NOT NULL,
  state text NOT NULL DEFAULT 'open',
  fingerprint bytea NOT NULL UNIQUE,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  closed_at timestamptz,
  run int4
);
CREATE INDEX review_item_open ON data.review_item (id) WHERE state = 'open';

-- Ids of closed residents, dwellings and households by what they stood for: whoever returns gets his id back.
CREATE TABLE data.retired_id (
  kind text NOT NULL,
  natural_key text COLLATE "C" NOT NULL,
  id uuid NOT NULL,
  retired_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (kind, natural_key)
);
CREATE INDEX retired_id_id ON data.retired_id (id);

-- ── unify ──────────────────────────────────────────────────────────────────────
-- What link hands on. Residents are a set: however many batches touch one before unify comes, he is made once. Claimed
-- like control.change_outbox: DELETE … RETURNING in the consumer's own transaction; who adds a resident that is being
-- claimed waits for that transaction and adds him anew.
CREATE TABLE control.unify_resident (
  resident uuid PRIMARY KEY,
  run int4
);
-- Dwellings and households whose golden rows must be made again: keys of one stream.
CREATE TABLE control.unify_record (
  id int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind text NOT NULL,
  stream int4 NOT NULL,
  run int4,
  keys text[] NOT NULL
);

-- Whether anything waits for unify.
CREATE VIEW control.unify_outbox WITH (security_invoker = true) AS
  SELECT 'resident' AS kind, NULL::int4 AS stream, run, ARRAY[resident::text] AS keys FROM control.unify_resident
  UNION ALL SELECT kind, stream, run, keys FROM control.unify_record;

-- Where sources differ about a field of a resident. `values` = [{source, stream, key, part, run}], one pointer for each
-- source that gives a full value, the chosen one first; the values are read again from the typed rows under the reader's field plan,
-- so an erasure needs to reach no copy here.
CREATE TABLE data.conflict (
  resident uuid NOT NULL,
  field text NOT NULL,
  chosen_stream int4 NOT NULL,
  chosen_key text COLLATE "C" NOT NULL,
  chosen_part text COLLATE "C" NOT NULL,
  reason text NOT NULL,
  values jsonb NOT NULL,
  PRIMARY KEY (resident, field)
);

-- Golden rows are written again as each source arrives: leave them room beside the old version.
ALTER TABLE data.resident SET (fillfactor = 60);

-- The areas in which a resident has a live record.
CREATE TABLE data.resident_area (
  resident uuid NOT NULL,
  area text COLLATE "C" NOT NULL,
  PRIMARY KEY (resident, area)
);
CREATE INDEX resident_area_area ON data.resident_area (area, resident);

-- One row per real dwelling: equal address key, or a row of its own where a part of the address is missing (key NULL).
CREATE TABLE data.unified_dwelling (
  id uuid PRIMARY KEY,
  address_key text COLLATE "C" UNIQUE,
  division text,
  community_name text,
  estate text,
  building text,
  unit text,
  floor text,
  room text,
  address_text text,
  floor_area numeric,
  usage text,
  state text,
  area text,
  states text,
  provenance jsonb NOT NULL DEFAULT '{}',
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX unified_dwelling_place ON data.unified_dwelling (estate, building, unit, room);
CREATE TABLE data.dwelling_member (
  stream int4 NOT NULL,
  key text COLLATE "C" NOT NULL,
  part text COLLATE "C" NOT NULL DEFAULT '',
  dwelling uuid NOT NULL,
  PRIMARY KEY (stream, key, part)
);
CREATE INDEX dwelling_member_dwelling ON data.dwelling_member (dwelling);

-- One row per police 户. Its members are the live data.household_member rows of the same source and household key.
CREATE TABLE data.unified_household (
  id uuid PRIMARY KEY,
  source text COLLATE "C" NOT NULL,
  household_key text COLLATE "C" NOT NULL,
  household_no text,
  kind text,
  head_name text,
  address_text text,
  division text,
  police_station text,
  established_on date,
  area text,
  states text,
  provenance jsonb NOT NULL DEFAULT '{}',
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  UNIQUE (source, household_key)
);

-- Link asks the history which person a changed row belonged to before.
CREATE INDEX person_version_key ON data.person_version (stream, key);
CREATE INDEX household_registration_version_key ON data.household_registration_version (stream, key);
CREATE INDEX household_member_version_key ON data.household_member_version (stream, key);
CREATE INDEX property_occupancy_version_key ON data.property_occupancy_version (stream, key);
CREATE INDEX telecom_subscription_version_key ON data.telecom_subscription_version (stream, key);
CREATE INDEX social_assistance_version_key ON data.social_assistance_version (stream, key);
CREATE INDEX marriage_record_version_key ON data.marriage_record_version (stream, key);
CREATE INDEX dwelling_version_key ON data.dwelling_version (stream, key);

-- ── who may touch what ─────────────────────────────────────────────────────────
ALTER TABLE data.link_node ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY actor_known ON data.link_node USING (nullif(current_setting('isthmus.actor', true), '') IS NOT NULL);
ALTER TABLE data.match_key ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY actor_known ON data.match_key USING (nullif(current_setting('isthmus.actor', true), '') IS NOT NULL);
ALTER TABLE data.resident_member ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY actor_known ON data.resident_member USING (nullif(current_setting('isthmus.actor', true), '') IS NOT NULL);
ALTER TABLE data.resident_history ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY actor_known ON data.resident_history USING (nullif(current_setting('isthmus.actor', true), '') IS NOT NULL);
ALTER TABLE data.review_item ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY actor_known ON data.review_item USING (nullif(current_setting('isthmus.actor', true), '') IS NOT NULL);
ALTER TABLE data.retired_id ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY actor_known ON data.retired_id USING (nullif(current_setting('isthmus.actor', true), '') IS NOT NULL);
ALTER TABLE data.conflict ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY actor_known ON data.conflict USING (nullif(current_setting('isthmus.actor', true), '') IS NOT NULL);
ALTER TABLE data.resident_area ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY actor_known ON data.resident_area USING (nullif(current_setting('isthmus.actor', true), '') IS NOT NULL);
ALTER TABLE data.unified_dwelling ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY actor_known ON data.unified_dwelling USING (nullif(current_setting('isthmus.actor', true), '') IS NOT NULL);
ALTER TABLE data.dwelling_member ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY actor_known ON data.dwelling_member USING (nullif(current_setting('isthmus.actor', true), '') IS NOT NULL);
ALTER TABLE data.unified_household ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY actor_known ON data.unified_household USING (nullif(current_setting('isthmus.actor', true), '') IS NOT NULL);
-- The machinery of link (link_node, match_key, retired_id) is the worker's alone.
GRANT SELECT ON data.resident_member, data.resident_history, data.review_item, data.conflict, data.resident_area,
  data.unified_dwelling, data.dwelling_member, data.unified_household TO isthmus_app;
GRANT ALL ON data.link_node, data.match_key, data.resident_member, data.resident_history, data.review_item, data.retired_id,
  data.conflict, data.resident_area, data.unified_dwelling, data.dwelling_member, data.unified_household TO isthmus_worker;
GRANT SELECT, INSERT, UPDATE, DELETE ON control.unify_resident, control.unify_record TO isthmus_worker;
GRANT SELECT ON control.unify_resident, control.unify_record, control.unify_outbox TO isthmus_app;
GRANT SELECT ON control.unify_outbox TO isthmus_worker;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA data TO isthmus_worker;
