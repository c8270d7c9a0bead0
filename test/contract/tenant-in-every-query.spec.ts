import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

/**
 * Queries of a tenant's table that do not name the tenant, each with its reason. By file and call or table: another query
 * of the same file is not covered by it.
 */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  'src/modules/flow-requests/retention.service.ts flow_request': 'removes what is too old, of every tenant',
  'src/modules/flow-requests/retention.service.ts write_record': 'removes what is too old, of every tenant',
  'src/modules/diagnosis/diagnosis-sweep.service.ts diagnosis': 'removes what is too old, of every tenant',
  'src/modules/diagnosis/diagnosis-sweep.service.ts log_tail': 'finds and removes what is too old, of every tenant',
  'src/modules/diagnosis/diagnosis-sweep.service.ts log_tail_batch': 'removes what is too old, of every tenant',
  'src/modules/operations/operation-sweep.service.ts operation': 'removes what is too old, of every tenant',
};

/** Tables with a tenant column, as the client names them. */
function tenantModels(schema: string): Set<string> {
  const models = [...schema.matchAll(/^model (\w+) \{([^}]*)\}/gm)];
  const withTenant = models.filter(([, , body = '']) => /^\s*tenantId\s/m.test(body));
  return new Set(withTenant.map(([, name = '']) => name.charAt(0).toLowerCase() + name.slice(1)));
}

interface Query {
  readonly place: string;
  readonly text: string;
}

/** Every call `….<model>.<method>(…)` of a tenant's table: those that read, change or delete by a condition. */
function queriesOf(file: string, source: string, models: ReadonlySet<string>): Query[] {
  const METHOD = /^(find|update|delete|count|aggregate|groupBy|upsert)/;
  const found: Query[] = [];
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const { name: method, expression: table } = node.expression;
      if (ts.isPropertyAccessExpression(table) && models.has(table.name.text) && METHOD.test(method.text)) {
        const text = [node.getText(), ...variablesIn(node).map((name) => declarationOf(name, node))].join('\n');
        found.push({ place: `${file} ${table.name.text}.${method.text}`, text });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

/** Variables that hold a whole condition or argument: `{ where }`, `where: condition`, `...where`, `method(args)`. */
function variablesIn(call: ts.CallExpression): string[] {
  const names: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isShorthandPropertyAssignment(node)) names.push(node.name.text);
    if (ts.isPropertyAssignment(node) && ts.isIdentifier(node.initializer)) names.push(node.initializer.text);
    if (ts.isSpreadAssignment(node) && ts.isIdentifier(node.expression)) names.push(node.expression.text);
    ts.forEachChild(node, visit);
  };
  for (const argument of call.arguments) {
    if (ts.isIdentifier(argument)) names.push(argument.text);
    visit(argument);
  }
  return names;
}

/** What a variable is set to in the function around the call; nothing when it is not set there. */
function declarationOf(name: string, call: ts.Node): string {
  let around: ts.Node = call;
  while (!ts.isFunctionLike(around) && !ts.isSourceFile(around)) around = around.parent;
  // A transaction's callback sees the variables of the method around it.
  if (ts.isArrowFunction(around)) {
    const outer = declarationOf(name, around.parent);
    if (outer !== '') return outer;
  }
  let found = '';
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && node.name.getText() === name) found = node.initializer?.getText() ?? '';
    ts.forEachChild(node, visit);
  };
  visit(around);
  return found;
}

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
    .map((name) => join(folder, name));
}

describe('every query of a tenant table', () => {
  const models = tenantModels(readFileSync(join(root, 'prisma/schema.prisma'), 'utf8'));
  const queries = sources('src/modules').flatMap((file) =>
    queriesOf(file, readFileSync(join(root, file), 'utf8'), models),
  );

  it('is found by this test', () => {
    expect(models).toContain('connection');
    expect(models).not.toContain('tenant');
    expect(queries.map(({ place }) => place)).toContain(
      'src/modules/environments/environments.service.ts environment.findFirst',
    );
    const held = 'const f = () => { const where = { tenantId, id }; return tx.connection.findFirst({ where }); };';
    expect(queriesOf('x.ts', held, models)[0]?.text).toContain('tenantId');
    const careless = 'await tx.connection.update({ where: { id } })';
    expect(queriesOf('x.ts', careless, models)).toEqual([
      { place: 'x.ts connection.update', text: careless.slice(6) + '\n' },
    ]);
  });

  it('names the tenant', () => {
    const nameless = queries.filter(({ place, text }) => !text.includes('tenantId') && !(place in EXCEPTIONS));
    expect(nameless.map(({ place, text }) => `${place}: ${text.slice(0, 200)}`)).toEqual([]);
  });

  it('names the tenant also in plain SQL', () => {
    const tables = [...models].map((model) => model.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
    const nameless: string[] = [];
    for (const file of sources('src/modules')) {
      const text = readFileSync(join(root, file), 'utf8');
      for (const [statement] of text.matchAll(/\$(query|execute)Raw(<[^`]*>)?`[^`]*`/g)) {
        for (const table of tables) {
          const touches = new RegExp(`\\b(FROM|JOIN|UPDATE|INTO)\\s+"?${table}\\b`, 'i').test(statement);
          if (!touches || statement.includes('tenantId') || `${file} ${table}` in EXCEPTIONS) continue;
          nameless.push(`${file} ${table}: ${statement}`);
        }
      }
    }
    expect(nameless).toEqual([]);
  });
});
