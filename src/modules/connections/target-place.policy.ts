import type { Target } from '../../contract/targets.js';

/** Where a connection leads, in one line that people know it by. */
export function placeOf(target: Target): string {
  switch (target.kind) {
    case 'postgresql':
      return `${target.server}:${target.port};${target.database}`;
    case 'http':
      return target.url;
    case 'filesystem':
      return target.path;
  }
}
