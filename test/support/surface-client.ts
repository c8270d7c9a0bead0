import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'vitest';
import type { Answer, E2eStack } from './e2e-stack.js';
import type { JsonSchema } from './surface-schemas/json-schema.js';

export type Verb = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Something that a surface answered and that held its schema. */
export interface Thing {
  readonly [key: string]: unknown;
  readonly id: string;
}

export interface Call {
  readonly json?: unknown;
  /** What the body must be like by the contract. */
  readonly sends?: JsonSchema;
  /** Bytes of a file, instead of JSON. */
  readonly content?: string;
  /** 200 unless told. */
  readonly status?: number;
  /** Beside what this client sends with every call. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ClientOptions {
  readonly stack: E2eStack;
  readonly user: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The shape of a list of things. */
  readonly list?: (item: JsonSchema) => JsonSchema;
  readonly error: JsonSchema;
}

const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });

/** A client of one surface: what it sends and what it gets is held to the contract. */
export class SurfaceClient {
  constructor(protected readonly options: ClientOptions) {}

  /** One thing of this schema. */
  async one(verb: Verb, path: string, schema: JsonSchema, call: Call = {}): Promise<Thing> {
    return (await this.answer(verb, path, { ...call, schema })).body as Thing;
  }

  /** A list of things of this schema, in the envelope of the surface. */
  async list(path: string, item: JsonSchema, call: Call = {}): Promise<Thing[]> {
    const { list = (schema) => ({ type: 'array', items: schema }) } = this.options;
    const { body } = await this.answer('GET', path, { ...call, schema: list(item) });
    return Array.isArray(body) ? (body as Thing[]) : (body as { value: Thing[] }).value;
  }

  /** The status and nothing with it. */
  async none(verb: Verb, path: string, call: Call = {}): Promise<Headers> {
    const { headers, body } = await this.answer(verb, path, call);
    expect(body, `${verb} ${path}`).toBe('');
    return headers;
  }

  /** A refusal in the words of the surface. */
  async refused(verb: Verb, path: string, call: Call & { readonly status: number }): Promise<Thing> {
    return this.one(verb, path, this.options.error, call);
  }

  async answer(verb: Verb, path: string, call: Call & { readonly schema?: JsonSchema }): Promise<Answer> {
    const { json, sends, status = 200, schema } = call;
    if (json !== undefined && !sends) throw new Error(`${verb} ${path} needs a schema of what it sends`);
    if (sends) this.hold(json, sends, `sent to ${verb} ${path}`);
    const answer = await this.send(verb, path, call);
    expect(answer.status, `${verb} ${path}: ${JSON.stringify(answer.body)}`).toBe(status);
    if (schema) this.hold(answer.body, schema, `answered to ${verb} ${path}`);
    return answer;
  }

  protected send(verb: Verb, path: string, { json, content, headers }: Call): Promise<Answer> {
    const { stack, user, headers: always } = this.options;
    return stack.ask(user, verb, path, {
      headers: { ...always, ...(content !== undefined && { 'content-type': 'application/octet-stream' }), ...headers },
      ...(json !== undefined && { json }),
      ...(content !== undefined && { body: content }),
    });
  }

  private hold(value: unknown, schema: JsonSchema, what: string): void {
    const validate = ajv.compile(schema);
    const problems = validate(value) ? [] : (validate.errors ?? []);
    const told = problems.map(
      ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
    );
    expect(told, `${what}: ${JSON.stringify(value)}`).toEqual([]);
  }
}

/** As the older Power Fx client: every call goes through the tunnel. */
export class TunnelClient extends SurfaceClient {
  protected override send(verb: Verb, path: string, call: Call): Promise<Answer> {
    const tunnel = {
      ...{ authority: 'localhost', scheme: 'https', path: '/invoke', 'x-ms-enable-selects': 'true' },
      ...{ 'x-ms-request-method': verb, 'x-ms-request-url': path },
    };
    return super.send('POST', '/invoke', { ...call, headers: { ...call.headers, ...tunnel } });
  }
}
