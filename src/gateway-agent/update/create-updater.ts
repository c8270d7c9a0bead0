import { releaseOfferSchema } from '../../contract/release.js';
import { PRODUCT_VERSION } from '../../contract/version.js';
import type { UpdaterParts } from '../agent.js';
import type { ControlPlane } from '../control-plane.js';
import type { Log } from '../log.js';
import type { RunSettings } from '../settings.js';
import { StateFolder } from '../state-folder.js';
import { LauncherLink } from './launcher-link.js';
import { ReleasePin } from './release-pin.js';
import { Updater, type ReleaseSource } from './updater.js';
import { VersionFolders } from './version-folders.js';

/** @returns what `createAgent` takes to follow orders to update */
export function createUpdater(
  { stateDir, launched, remoteUpdates }: RunSettings,
  log: Log,
): (parts: UpdaterParts) => Updater {
  return ({ controlPlane, root, issuer, changed }) =>
    new Updater({
      source: sourceOf(controlPlane),
      folders: new VersionFolders(stateDir),
      root,
      pin: new ReleasePin(new StateFolder(stateDir)),
      issuer,
      running: PRODUCT_VERSION,
      launcher: launched ? new LauncherLink(process) : undefined,
      allowed: remoteUpdates,
      changed,
      log,
    });
}

function sourceOf(controlPlane: ControlPlane): ReleaseSource {
  return {
    release: (version, signal) =>
      controlPlane.ask(releaseOfferSchema, { method: 'GET', path: `releases/${version}`, signal }),
    loadPackage: (path, signal) => controlPlane.load(path, signal),
  };
}
