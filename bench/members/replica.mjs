import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What agents know the embedded stack's control plane by. */
const ISSUER = 'urn:tidegate:embedded';

/** One replica of the control plane in a process of its own, and what plays its cloud; it can be killed and started again. */
export class ReplicaUnderLoad {
  #options;
  #cloud;
  #children;
  #folder;
  #port;
  pid;

  constructor(options) {
    this.#options = options;
  }

  async start() {
    const { startControlPlane } = await this.#load('control-plane-process.js');
    if (!this.#cloud) await this.#startCloud();
    this.pid = await startControlPlane(this.#children, {
      name: 'control-plane',
      distDir: this.#options.distDir,
      port: this.#port,
      log: this.#folder.log('control-plane'),
      cloud: this.#cloud.addresses,
    });
    return { url: `http://127.0.0.1:${this.#port}`, issuer: ISSUER, databaseUrl: this.#cloud.addresses.databaseUrl };
  }

  /** @throws Error with the end of its log when it ended by itself */
  assertRunning() {
    if (this.#children.isRunning('control-plane')) return;
    const log = readFileSync(this.#folder.log('control-plane'), 'utf8');
    throw new Error(`the control plane ended:\n${log.slice(-4000)}`);
  }

  /** Without a word. */
  kill() {
    process.kill(this.pid, 'SIGKILL');
  }

  async stop() {
    await this.#children?.stopAll(() => true);
    await this.#cloud?.stop();
    this.#folder?.release();
  }

  async #startCloud() {
    const { Cloud } = await this.#load('cloud.js');
    const { StateFolder } = await this.#load('state-folder.js');
    const { ChildProcesses } = await this.#load('child-processes.js');
    const { loadSecrets } = await this.#load('development-secrets.js');
    const { freePort } = await this.#load('free-port.js');
    const folder = new StateFolder(this.#options.stateDir);
    await folder.open();
    this.#folder = folder;
    this.#children = new ChildProcesses(folder.file('processes.json'));
    const cloud = new Cloud(folder, await loadSecrets(folder.path), { log: () => undefined });
    await cloud.start();
    this.#cloud = cloud;
    this.#port = await freePort();
  }

  #load(name) {
    return import(pathToFileURL(join(this.#options.distDir, 'dev-stack', name)).href);
  }
}
