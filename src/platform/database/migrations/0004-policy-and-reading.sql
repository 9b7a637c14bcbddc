-- How many records wait in quarantine, by stream. The number is not personal and the auditor needs it; the rows are,
-- so he gets only this function. It sees rows under the caller's own context.
CREATE FUNCTION control.quarantined() RETURNS TABLE (stream int4, waiting int8)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT q.stream, count(*) FROM data.quarantine q WHERE q.resolved_at IS NULL GROUP BY q.stream
$$;
REVOKE EXECUTE ON FUNCTION control.quarantined() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION control.quarantined() TO isthmus_app, isthmus_worker, isthmus_auditor;

-- A contact number that was left behind is looked up exactly.
CREATE INDEX resident_mobile ON data.resident (mobile) WHERE mobile IS NOT NULL;
