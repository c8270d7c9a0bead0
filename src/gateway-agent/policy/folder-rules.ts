import { normalize, relative, isAbsolute, sep } from 'node:path';
import { readHost } from './host-name.js';
import { PolicyInvalid } from './policy-document.js';

interface RemoteFolder {
  readonly text: string;
  readonly host: string;
  readonly path: string;
}

/** Which folders may be used: of this machine, and of SFTP servers. */
export class FolderRules {
  private readonly local: readonly { readonly text: string; readonly path: string }[];
  private readonly remote: readonly RemoteFolder[];

  /** @throws PolicyInvalid */
  constructor(entries: readonly string[]) {
    this.local = entries.filter((text) => !text.startsWith('sftp://')).map((text) => ({ text, path: normalize(text) }));
    this.remote = entries.filter((text) => text.startsWith('sftp://')).map(remoteFolder);
  }

  /** The entry that allows a path of this machine; the path is compared as it stands, links are for others to follow. */
  findLocal(path: string): string | undefined {
    return this.local.find((each) => isBelow(each.path, path))?.text;
  }

  /** The paths of this machine that are allowed. */
  get localPaths(): readonly string[] {
    return this.local.map(({ path }) => path);
  }

  /** The entry that allows a folder of an SFTP server. Its links are the server's own. */
  findRemote(server: string, path: string): string | undefined {
    const host = hostText(server);
    const names = path.split('/');
    if (host === undefined || !path.startsWith('/') || names.includes('..') || names.includes('.')) return undefined;
    const whole = `${path.replace(/\/+$/, '')}/`;
    return this.remote.find((each) => each.host === host && whole.startsWith(`${each.path}/`))?.text;
  }
}

/** Whether a path is a folder or lies in it. Both are absolute and hold no way up. */
export function isBelow(folder: string, path: string): boolean {
  const way = relative(folder, normalize(path));
  return way === '' || (!isAbsolute(way) && way !== '..' && !way.startsWith(`..${sep}`));
}

function remoteFolder(text: string): RemoteFolder {
  const url = URL.parse(text);
  const host = url && hostText(url.hostname);
  if (!url || !host || url.username !== '' || url.search !== '' || url.hash !== '') {
    throw new PolicyInvalid(['folders: an entry is no sftp://host/path']);
  }
  return { text, host, path: decodeURIComponent(url.pathname).replace(/\/+$/, '') };
}

function hostText(given: string): string | undefined {
  const host = readHost(given);
  return host?.kind === 'address' ? host.address.text : host?.name;
}
