-- Run events for a lineage collector: noted in the transaction that changes the run, sent by workers that were told
-- where to. Neither table is touched by a page transaction, so a slow collector holds up no sync.
CREATE TABLE control.lineage (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  deployment uuid NOT NULL DEFAULT gen_random_uuid(),
  -- Nothing is noted unless a worker has asked for it lately.
  wanted_until timestamptz NOT NULL DEFAULT '-infinity'
);
INSERT INTO control.lineage DEFAULT VALUES;

CREATE TABLE control.lineage_event (
  id int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  run int4 NOT NULL,
  type text NOT NULL,
  at timestamptz NOT NULL,
  due_at timestamptz NOT NULL DEFAULT '-infinity',
  attempts int4 NOT NULL DEFAULT 0
);
CREATE INDEX lineage_event_by_run ON control.lineage_event (run, id);

-- One START and one end a run. A run that failed before it could start has both; one cancelled in the queue has neither.
CREATE FUNCTION control.note_run_event() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM control.lineage WHERE wanted_until > clock_timestamp()) THEN
    RETURN NULL;
  END IF;
  IF NEW.state = 'RUNNING' AND OLD.started_at IS NULL THEN
    INSERT INTO control.lineage_event (run, type, at) VALUES (NEW.id, 'START', NEW.started_at);
  ELSIF OLD.state IN ('QUEUED', 'RUNNING') AND NEW.state IN ('SUCCEEDED', 'PARTIAL', 'FAILED', 'HELD', 'CANCELLED') THEN
    IF NEW.started_at IS NULL THEN
      IF NEW.state = 'CANCELLED' THEN
        RETURN NULL;
      END IF;
      INSERT INTO control.lineage_event (run, type, at) VALUES (NEW.id, 'START', NEW.queued_at);
    END IF;
    INSERT INTO control.lineage_event (run, type, at) VALUES (NEW.id,
      CASE NEW.state WHEN 'SUCCEEDED' THEN 'COMPLETE' WHEN 'PARTIAL' THEN 'COMPLETE' WHEN 'CANCELLED' THEN 'ABORT' ELSE 'FAIL' END,
      coalesce(NEW.ended_at, clock_timestamp()));
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER note_run_event AFTER UPDATE OF state ON control.sync_run
  FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION control.note_run_event();

GRANT SELECT, UPDATE ON control.lineage TO isthmus_worker;
GRANT SELECT, UPDATE, DELETE ON control.lineage_event TO isthmus_worker;
