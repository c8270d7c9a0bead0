import { targetSchema, type Target } from '../../contract/targets.js';

const PORTS: Readonly<Record<string, number>> = { postgresql: 5432, sql: 1433, mysql: 3306, oracle: 1521, sftp: 22 };
/** A server's key says nothing to a policy; a connection cannot be without one. */
const ANY_HOST_KEY = `SHA256:${'A'.repeat(43)}`;

/** A source as people write it: `sql://host:1433/database`, `https://host/api`, `odata:https://host/service`, `file:///folder`. */
export function readSourceAddress(text: string): Target | undefined {
  const parsed = targetSchema.safeParse(targetLike(text));
  return parsed.success ? parsed.data : undefined;
}

function targetLike(text: string): unknown {
  if (text.startsWith('odata:')) return { kind: 'odata', url: text.slice('odata:'.length) };
  if (/^https?:/.test(text)) return { kind: 'http', url: text };
  if (text.startsWith('file://')) return { kind: 'filesystem', path: decoded(text.slice('file://'.length)) };
  // Not read as an address of the web: that would change a host whose spelling is what is to be tested.
  const match = /^([a-z]+):\/\/(\[[^\]]*\]|[^:/]*)(?::(\d{1,5}))?(?:\/(.*))?$/s.exec(text);
  if (!match) return undefined;
  const [, kind = '', host = '', port, rest = ''] = match;
  const place = {
    kind,
    server: host.replace(/^\[(.*)\]$/, '$1'),
    port: port === undefined ? PORTS[kind] : Number(port),
  };
  if (kind === 'sftp') return { ...place, path: `/${decoded(rest)}`, hostKey: ANY_HOST_KEY };
  const name = decoded(rest) || 'any';
  return kind === 'oracle' ? { ...place, service: name } : { ...place, database: name };
}

function decoded(text: string): string {
  return URL.canParse(`http://any/${text}`) && !/%(?![0-9A-Fa-f]{2})/.test(text) ? decodeURIComponent(text) : text;
}
