import { climbs } from '../connectors/http/target-path.js';
import { PolicyInvalid } from './policy-document.js';

interface Prefix {
  readonly text: string;
  /** Undefined: of any server. */
  readonly origin: string | undefined;
  /** Without a slash at its end. */
  readonly path: string;
}

/** Which parts of web servers may be asked. */
export class WebPaths {
  private readonly prefixes: readonly Prefix[];

  /** @throws PolicyInvalid */
  constructor(entries: readonly string[]) {
    this.prefixes = entries.map((text, index) => {
      const hasOrigin = !text.startsWith('/');
      const url = URL.parse(hasOrigin ? text : `http://any${text}`);
      if (!url || url.search !== '' || url.hash !== '' || url.username !== '') {
        throw new PolicyInvalid([`httpPaths.${index}: is no address without query`]);
      }
      return { text, origin: hasOrigin ? url.origin : undefined, path: url.pathname.replace(/\/+$/, '') };
    });
  }

  /**
   * The entry that allows a place. The path is compared as it is sent: another spelling than the entry's is not allowed,
   * nor is one in which a server might see a way up.
   *
   * @param path without its query
   */
  find(origin: string, path: string): string | undefined {
    // Also where the way up stands in the connection's own address.
    if (climbs(path)) return undefined;
    const whole = `${path.replace(/\/+$/, '')}/`;
    const found = this.prefixes.find((each) => (each.origin ?? origin) === origin && whole.startsWith(`${each.path}/`));
    return found?.text;
  }
}
