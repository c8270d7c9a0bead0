import { DefaultQueryCompiler } from 'kysely';

/** kysely's compiler with Oracle's placeholders, `:1`; names stand in double quotes, so their case counts. */
export class OracleQueryCompiler extends DefaultQueryCompiler {
  protected override getCurrentParameterPlaceholder(): string {
    return `:${this.numParameters}`;
  }
}
