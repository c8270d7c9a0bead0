import type {
  Connector,
  ConnectorAnswer,
  ConnectorRequest,
  Secret,
  SecretName,
} from '../../src/gateway-agent/connectors/connector.js';
import { SourceError } from '../../src/gateway-agent/connectors/source-error.js';

/** A credential as the agent would have opened it. */
export function secretOf(values: Partial<Record<SecretName, string>>): Secret {
  return {
    get: (name) => values[name],
    [Symbol.dispose]: () => undefined,
  };
}

export async function readBytes(answer: ConnectorAnswer): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of answer.body) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** One connection's way to run operations, with defaults that a test overrides where it matters. */
export class Caller {
  constructor(
    private readonly connector: Connector,
    private readonly defaults: Omit<ConnectorRequest, 'operation' | 'body' | 'signal'>,
  ) {}

  run(operation: ConnectorRequest['operation'], more: Partial<ConnectorRequest> = {}): Promise<ConnectorAnswer> {
    const signal = new AbortController().signal;
    return this.connector.execute({ ...this.defaults, operation, body: undefined, signal, ...more });
  }

  async text(operation: ConnectorRequest['operation'], more?: Partial<ConnectorRequest>): Promise<string> {
    return (await readBytes(await this.run(operation, more))).toString();
  }

  async json<T>(operation: ConnectorRequest['operation'], more?: Partial<ConnectorRequest>): Promise<T> {
    return JSON.parse(await this.text(operation, more)) as T;
  }

  /** The failure of an operation that must fail, wherever it shows. */
  async failure(operation: ConnectorRequest['operation'], more?: Partial<ConnectorRequest>): Promise<SourceError> {
    let answer: string;
    try {
      answer = await this.text(operation, more);
    } catch (error) {
      if (error instanceof SourceError) return error;
      throw error;
    }
    throw new Error(`expected a failure, got ${answer.slice(0, 300)}`);
  }
}

/** Waits for a condition, with a deadline in milliseconds. */
export async function until(condition: () => Promise<boolean> | boolean, deadlineMs = 5000): Promise<void> {
  const end = Date.now() + deadlineMs;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error('the condition did not come true in time');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
