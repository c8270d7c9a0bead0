import pg from 'pg';

/** One entry of a tenant's audit record, changed by somebody with every right in the database; put back in the end. */
export class Tampered implements AsyncDisposable {
  private constructor(
    private readonly client: pg.Client,
    private readonly id: string,
    private readonly action: string,
    /** Place of the entry in the chain. */
    readonly seq: string,
  ) {}

  static async change(databaseUrl: string, tenantId: string): Promise<Tampered> {
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    const { rows } = await client.query<{ id: string; action: string; seq: string }>(
      'SELECT id, action, seq FROM audit_entry WHERE "tenantId" = $1 ORDER BY seq LIMIT 1 OFFSET 2',
      [tenantId],
    );
    const [row] = rows;
    if (!row) throw new Error('the record has no third entry');
    const tampered = new Tampered(client, row.id, row.action, row.seq);
    await tampered.write('nobody.did');
    return tampered;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.write(this.action);
    await this.client.end();
  }

  /** Past the trigger that keeps the record append-only. */
  private async write(action: string): Promise<void> {
    await this.client.query('BEGIN');
    await this.client.query('ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_no_row_change');
    await this.client.query('UPDATE audit_entry SET action = $1 WHERE id = $2', [action, this.id]);
    await this.client.query('ALTER TABLE audit_entry ENABLE ALWAYS TRIGGER audit_entry_no_row_change');
    await this.client.query('COMMIT');
  }
}
