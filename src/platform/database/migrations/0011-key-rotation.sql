-- Rotations of the key-encryption key: how far each has come, and which versions may seal no more.
CREATE TABLE control.key_rotation (
  id int4 GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- The version that everything is brought under.
  version int2 NOT NULL,
  -- INTRODUCED: everybody learns it · SEALING: everybody uses it · REWRAPPING: older values follow · DONE
  phase text NOT NULL DEFAULT 'INTRODUCED' CHECK (phase IN ('INTRODUCED', 'SEALING', 'REWRAPPING', 'DONE')),
  phase_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  ended_at timestamptz,
  total int8 NOT NULL DEFAULT 0,
  seen int8 NOT NULL DEFAULT 0,
  rewrapped int8 NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX key_rotation_one_open ON control.key_rotation ((true)) WHERE ended_at IS NULL;

-- Where the walk through each kind of sealed value stands; the row's lock lets one process walk at a time.
CREATE TABLE control.key_rotation_place (
  rotation int4 NOT NULL REFERENCES control.key_rotation,
  place text NOT NULL,
  -- The primary key of the last row that was looked at, as text.
  after text[],
  finished boolean NOT NULL DEFAULT false,
  PRIMARY KEY (rotation, place)
);

-- Whoever seals holds this row's lock (FOR SHARE) until he has committed: when `oldest` is raised, nothing sealed by an
-- older version can be under way, and nothing can come after.
CREATE TABLE control.key_floor (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  oldest int2 NOT NULL DEFAULT 0
);
INSERT INTO control.key_floor DEFAULT VALUES;

CREATE FUNCTION control.require_live_key(sealed bytea) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  IF length(sealed) < 2 THEN RETURN; END IF;
  PERFORM 1 FROM control.key_floor WHERE oldest <= get_byte(sealed, 1) FOR SHARE;
  IF NOT FOUND THEN
    -- serialization_failure: what meets it tries again, with the keys it has read meanwhile.
    RAISE EXCEPTION 'key version % is retired', get_byte(sealed, 1) USING ERRCODE = '40001';
  END IF;
END $$;
CREATE FUNCTION control.check_secrets_key() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  PERFORM control.require_live_key(NEW.secrets);
  RETURN NEW;
END $$;
CREATE FUNCTION control.check_body_key() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  PERFORM control.require_live_key(NEW.body);
  RETURN NEW;
END $$;
REVOKE EXECUTE ON FUNCTION control.require_live_key(bytea), control.check_secrets_key(), control.check_body_key() FROM PUBLIC;
CREATE TRIGGER live_key BEFORE INSERT OR UPDATE OF secrets ON control.source
  FOR EACH ROW WHEN (NEW.secrets IS NOT NULL) EXECUTE FUNCTION control.check_secrets_key();
CREATE TRIGGER live_key BEFORE INSERT OR UPDATE OF body ON data.quarantine
  FOR EACH ROW EXECUTE FUNCTION control.check_body_key();
CREATE TRIGGER live_key BEFORE INSERT OR UPDATE OF body ON data.push_inbox
  FOR EACH ROW EXECUTE FUNCTION control.check_body_key();

GRANT SELECT ON control.key_rotation, control.key_rotation_place, control.key_floor TO isthmus_app, isthmus_auditor;
GRANT SELECT, INSERT, UPDATE ON control.key_rotation, control.key_rotation_place, control.key_floor TO isthmus_worker;
