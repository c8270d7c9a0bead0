import { PostgresQueryCompiler, type CompiledQuery, type QueryId, type RootOperationNode } from 'kysely';

/** kysely's compiler, which binds a value once that a statement names several times. */
export class PostgresqlCompiler extends PostgresQueryCompiler {
  private readonly places = new Map<unknown, string>();

  override compileQuery(node: RootOperationNode, queryId: QueryId): CompiledQuery {
    this.places.clear();
    try {
      return super.compileQuery(node, queryId);
    } finally {
      this.places.clear();
    }
  }

  protected override appendValue(parameter: unknown): void {
    const known = this.places.get(parameter);
    if (known !== undefined) {
      this.append(known);
      return;
    }
    super.appendValue(parameter);
    this.places.set(parameter, `$${this.numParameters}`);
  }
}
