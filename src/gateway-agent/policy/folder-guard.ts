import { realpath } from 'node:fs/promises';
import type { FolderGuard } from '../connectors/filesystem/folder.js';
import { systemErrorCode } from '../exit-codes.js';
import { isBelow } from './folder-rules.js';
import type { Policy } from './policy.js';
import { policyDenied } from './policy-denied.js';
import { denied, type Verdict } from './verdict.js';

/**
 * Checks the place that a path turned out to be, links followed and folders held open: what the words of a path say was
 * looked at before.
 */
export function folderGuard(policy: () => Policy, refused: (verdict: Verdict) => void): FolderGuard {
  return async (realPath) => {
    const { folders } = policy();
    if (!folders) return;
    // An entry may be a link itself: it is the operator's.
    for (const path of folders.localPaths) if (isBelow(await realOrSelf(path), realPath)) return;
    const verdict = denied('folders', `no entry of folders allows ${realPath}`);
    refused(verdict);
    throw policyDenied(verdict);
  };
}

/** Where a path leads; the path itself where that cannot be seen. */
export async function realOrSelf(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error;
    return path;
  }
}
