import { rm } from 'node:fs/promises';
import type { RootKey } from '../../contract/registration.js';
import type { ReleaseOffer } from '../../contract/release.js';
import { errorText, type Log } from '../log.js';
import type { LauncherLink } from './launcher-link.js';
import type { LauncherContext, UpdateReport } from './launcher-messages.js';
import { keepPackage } from './package-file.js';
import type { ReleasePin } from './release-pin.js';
import { verifyOffer } from './release-trust.js';
import { unpack } from './unpack.js';
import { UpdateRefused } from './update-refused.js';
import type { VersionFolders } from './version-folders.js';

/** How long a package may take to come, in milliseconds: a few MB over a slow line. Below the rollout's five minutes. */
const LOAD_MS = 4 * 60_000;

/** Where releases come from; the control plane is one. */
export interface ReleaseSource {
  release(version: string, signal: AbortSignal): Promise<ReleaseOffer>;
  /** @param path as the offer names it */
  loadPackage(path: string, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>>;
}

export interface UpdaterSettings {
  readonly source: ReleaseSource;
  readonly folders: VersionFolders;
  /** The root that holds, whenever it is asked. */
  readonly root: () => RootKey;
  /** The release key of earlier releases. */
  readonly pin: Pick<ReleasePin, 'assert'>;
  readonly issuer: string;
  /** The version that runs. */
  readonly running: string;
  /** Undefined: started without a launcher, so there is nobody to change versions. */
  readonly launcher: LauncherLink | undefined;
  /** The machine's own policy: false refuses every order. */
  readonly allowed: boolean;
  /** Told whenever the report changes. */
  readonly changed: () => void;
  readonly log: Log;
}

/** Makes an ordered update ready, once everything about it is proven, and has the launcher start it. Nothing else installs. */
export class Updater {
  private readonly stopping = new AbortController();
  private context: Promise<LauncherContext | undefined> | undefined;
  private ordered: string | undefined;
  /** Nothing was wanted for a while since the start: what is ordered then is no order that stood before it. */
  private wasFree = false;
  private current: UpdateReport | undefined;
  private isTold = false;
  private work: Promise<void> | undefined;

  constructor(private readonly settings: UpdaterSettings) {}

  /** For the heartbeat; undefined: nothing was ordered. */
  get report(): UpdateReport | undefined {
    return this.current;
  }

  /** What the control plane wants to run; the same order again changes nothing. @param version undefined: no wish */
  desire(version: string | undefined): void {
    this.wasFree ||= version === undefined;
    if (version === this.ordered) return;
    this.ordered = version;
    if (version === undefined) {
      this.current = undefined;
      return;
    }
    this.work = (this.work ?? Promise.resolve()).then(() => this.follow(version));
  }

  /** The agent is connected, and the control plane answers: an update that is on trial has come well so far. */
  healthy(): void {
    if (this.isTold) return;
    this.isTold = true;
    this.settings.launcher?.tell({ type: 'healthy' });
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.work;
  }

  private async follow(version: string): Promise<void> {
    if (version !== this.ordered || this.stopping.signal.aborted) return;
    const { running, launcher, allowed, log } = this.settings;
    if (version === running) return this.say({ version, state: 'running' });
    if (!allowed) {
      return this.say({ version, state: 'forbidden', reason: 'remote updates are switched off on this machine' });
    }
    if (!launcher)
      return this.say({ version, state: 'forbidden', reason: 'the agent was started without its launcher' });
    try {
      const { report, previous } = (await this.contextOf(launcher)) ?? {};
      // It was tried, and the launcher went back: an order that stands is not a new one.
      if (!this.wasFree && report?.version === version && report.state === 'rolled-back') return this.say(report);
      if (version !== previous) await this.prepare(version);
      this.say({ version, state: 'ready' });
      log.info({ event: 'update-ready', version }, 'the ordered version is ready; changing to it');
      launcher.tell({ type: 'switch', version });
    } catch (error) {
      if (this.stopping.signal.aborted) return;
      const refused = error instanceof UpdateRefused ? error.reason : 'download-failed';
      log.error(
        { event: 'update-refused', version, refused, reason: errorText(error) },
        'the ordered update is not made',
      );
      const words = error instanceof Error ? error.message : 'unknown';
      this.say({ version, state: 'failed', reason: `${refused}: ${words}`.slice(0, 512) });
    }
  }

  private async prepare(version: string): Promise<void> {
    const { source, folders, root, pin, issuer, running } = this.settings;
    this.say({ version, state: 'downloading' });
    const signal = AbortSignal.any([this.stopping.signal, AbortSignal.timeout(LOAD_MS)]);
    const offer = await source.release(version, signal);
    const manifest = await verifyOffer(offer, { root: root(), issuer, version, running });
    await pin.assert(offer.keyCertificate);
    const file = await folders.packageFile(version);
    try {
      await keepPackage(await source.loadPackage(offer.path, signal), file, manifest);
      await folders.fill(version, (folder) => unpack(file, folder));
    } finally {
      await rm(file, { force: true });
    }
  }

  private contextOf(launcher: LauncherLink): Promise<LauncherContext | undefined> {
    this.context ??= launcher.context().catch((error: unknown) => {
      this.context = undefined;
      throw error;
    });
    return this.context;
  }

  private say(report: UpdateReport): void {
    if (report.version !== this.ordered) return;
    this.current = report;
    this.settings.changed();
  }
}
