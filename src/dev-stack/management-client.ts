import { fetch, type Dispatcher } from 'undici';

/** A refusal of the management API, as the stack's own set-up meets it. */
export class ManagementError extends Error {
  constructor(
    readonly status: number,
    readonly body: unknown,
    what: string,
  ) {
    super(`${what} answered ${status}: ${JSON.stringify(body)}`);
  }
}

interface Page<T> {
  readonly value: readonly T[];
  readonly continuationToken?: string;
}

/** The public management API as one signed-in user sees it: the stack sets itself up with what everybody has. */
export class ManagementClient {
  constructor(
    private readonly baseUrl: string,
    private readonly token: string,
    private readonly dispatcher: Dispatcher,
  ) {}

  /** Signs a development user in with user name and password. */
  static async signIn(
    { baseUrl, dispatcher }: { baseUrl: string; dispatcher: Dispatcher },
    login: { tokenEndpoint: string; clientId: string; scope: string; username: string; password: string },
  ): Promise<ManagementClient> {
    const { tokenEndpoint, clientId, scope, username, password } = login;
    const answer = await fetch(tokenEndpoint, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'password', client_id: clientId, scope, username, password }),
    });
    const body = (await answer.json()) as { access_token?: string };
    if (!answer.ok || body.access_token === undefined)
      throw new ManagementError(answer.status, { error: 'sign-in failed' }, tokenEndpoint);
    return new ManagementClient(baseUrl, body.access_token, dispatcher);
  }

  async send<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await fetch(`${this.baseUrl}${path}`, {
      dispatcher: this.dispatcher,
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const parsed: unknown = text === '' ? undefined : JSON.parse(text);
    if (!answer.ok) throw new ManagementError(answer.status, parsed, `${method} ${path}`);
    return parsed as T;
  }

  async list<T>(path: string): Promise<T[]> {
    const rows: T[] = [];
    let token: string | undefined;
    do {
      const page: Page<T> = await this.send(
        'GET',
        token === undefined ? path : `${path}?continuationToken=${encodeURIComponent(token)}`,
      );
      rows.push(...page.value);
      token = page.continuationToken;
    } while (token !== undefined);
    return rows;
  }
}
