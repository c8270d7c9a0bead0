import type { Target } from '../../contract/targets.js';
import type { EgressPlace } from '../connectors/egress.js';

/** The servers that a connection leads to: the source, and where tokens for it come from. */
export function serverOf(target: Target): readonly EgressPlace[] {
  switch (target.kind) {
    case 'filesystem':
      return [];
    case 'http':
    case 'odata':
      return [target.url, ...(target.tokenEndpoint === undefined ? [] : [target.tokenEndpoint])].map(placeOfUrl);
    default:
      return [{ host: target.server, port: target.port }];
  }
}

function placeOfUrl(text: string): EgressPlace {
  const { hostname, port, protocol } = new URL(text);
  return { host: hostname, port: port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port) };
}
