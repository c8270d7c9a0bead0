-- The record of changes and refusals is append-only for everybody who is not the table's owner with DDL at hand:
-- a mistake or a break-in of the control plane can add lines, not take any away.
CREATE FUNCTION audit_entry_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'audit_entry is append-only' USING ERRCODE = 'insufficient_privilege';
END;
$$;

CREATE TRIGGER audit_entry_no_row_change
  BEFORE UPDATE OR DELETE ON "audit_entry"
  FOR EACH ROW EXECUTE FUNCTION audit_entry_refuse_change();

CREATE TRIGGER audit_entry_no_truncate
  BEFORE TRUNCATE ON "audit_entry"
  FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_refuse_change();

-- Also where triggers are switched off for the session, as replication does.
ALTER TABLE "audit_entry" ENABLE ALWAYS TRIGGER audit_entry_no_row_change;
ALTER TABLE "audit_entry" ENABLE ALWAYS TRIGGER audit_entry_no_truncate;
