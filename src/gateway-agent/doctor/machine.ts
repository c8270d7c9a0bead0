import { statfs } from 'node:fs/promises';
import { userInfo } from 'node:os';

/** What the checks ask of the machine itself; tests put another one in its place. */
export interface Machine {
  /** Bytes that this account may still write where the path is. */
  freeBytes(path: string): Promise<number>;
  /** The account that runs this program; `id` is undefined on Windows. */
  account(): { readonly name: string; readonly id: number | undefined };
  /** Epoch milliseconds. */
  now(): number;
}

export const thisMachine: Machine = {
  freeBytes: async (path) => {
    const { bavail, bsize } = await statfs(path);
    return bavail * bsize;
  },
  account: () => {
    const { username, uid } = userInfo();
    return { name: username, id: uid < 0 ? undefined : uid };
  },
  now: Date.now,
};
