import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StateFolder } from '../../src/gateway-agent/state-folder.js';

/** A state folder of its own for one test. */
export class TestFolder extends StateFolder implements AsyncDisposable {
  static async make(): Promise<TestFolder> {
    return new TestFolder(await mkdtemp(join(tmpdir(), 'tidegate-agent-test-')));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
  }
}
