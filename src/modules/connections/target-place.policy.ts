import type { Target } from '../../contract/targets.js';

/** Where a connection leads, in one line that people know it by. */
export function placeOf(target: Target): string {
  switch (target.kind) {
    case 'postgresql':
    case 'sql':
    case 'mysql':
      return `${target.server}:${target.port};${target.database}`;
    case 'oracle':
      return `${target.server}:${target.port}/${target.service}`;
    case 'sftp':
      return `${target.server}:${target.port}${target.path}`;
    case 'http':
    case 'odata':
      return target.url;
    case 'filesystem':
      return target.path;
  }
}
