import { open, readFile, rm } from 'node:fs/promises';
import { arch, platform, release } from 'node:os';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { CONTRACT_VERSION, PRODUCT_VERSION } from '../../contract/version.js';
import { describeReport } from '../doctor/describe-report.js';
import { diagnose } from '../doctor/diagnose.js';
import type { DoctorPlace } from '../doctor/doctor-place.js';
import { localContext } from '../doctor/local-context.js';
import { CommandError, systemErrorCode } from '../exit-codes.js';
import { describeProxy } from '../network/proxy-address.js';
import { reportStatus } from '../status-report.js';
import type { Terminal } from '../terminal.js';
import { logFiles, reportFiles, textFile, type BundleFile } from './bundle-files.js';
import type { BundleOrder } from './bundle-settings.js';
import { knownSecrets } from './known-secrets.js';
import type { KnownSecrets } from './redaction.js';
import { tarOf } from './tar.js';

export type BundleSettings = DoctorPlace & BundleOrder & { readonly command: 'support-bundle' };

const compress = promisify(gzip);

/**
 * Gathers what a helper needs to see, shows exactly what is in it and what was taken out, and writes it once a person agreed.
 *
 * @throws CommandError usage when nobody agrees; state when it cannot be written
 */
export async function supportBundle(settings: BundleSettings, terminal: Terminal): Promise<void> {
  const files = await gather(settings);
  terminal.print(describeContents(settings.out, files));
  if (!settings.isConfirmed) await assertAgreed(terminal);
  const modifiedAt = new Date();
  const bytes = await compress(tarOf(files.map(({ name, content }) => ({ name: `tidegate-support/${name}`, content, modifiedAt })))); // prettier-ignore
  await write(settings.out, bytes);
  terminal.print(`Written: ${settings.out}, ${bytes.length} bytes.`);
}

async function gather(settings: BundleSettings): Promise<BundleFile[]> {
  // Before this command itself holds the state folder.
  const state = await status(settings.stateDir);
  await using local = await localContext(settings);
  const { context } = local;
  const { folder, network } = context;
  const known = await knownSecrets(folder, network.settings);
  const report = await diagnose(context);
  const { proxy, ports } = network.settings;
  const json = (value: unknown) => `${JSON.stringify(value, undefined, 2)}\n`;
  const versions = { agent: PRODUCT_VERSION, contract: CONTRACT_VERSION, node: process.version, platform: platform(), release: release(), arch: arch() }; // prettier-ignore
  const configuration = { stateDir: folder.path, controlPlane: context.controlPlane, ports, proxy: proxy && describeProxy(proxy), hasProxyLogin: proxy?.authorization !== undefined, ownAuthority: context.ca !== undefined }; // prettier-ignore
  return [
    textFile('versions.json', 'versions of agent, Node and system', json(versions), known),
    textFile('configuration.json', 'settings', json(configuration), known),
    textFile('status.json', 'what is registered and how the agent is', json(state), known),
    textFile('doctor.txt', 'what `tidegate-agent doctor` found', `${describeReport(report)}\n`, known),
    textFile('doctor.json', 'the same for programs', json(report), known),
    ...(settings.logDir === undefined ? [] : await logFiles(settings.logDir, known)),
    ...(settings.reportDir === undefined ? [] : await reportFiles(settings.reportDir, known)),
    ...(settings.includesPolicy ? await policyFile(settings.policyFile ?? folder.file('policy.yaml'), known) : []),
  ];
}

async function status(stateDir: string): Promise<unknown> {
  try {
    return await reportStatus(stateDir);
  } catch (error) {
    if (error instanceof CommandError) return { problem: error.message };
    throw error;
  }
}

async function policyFile(path: string, known: KnownSecrets): Promise<BundleFile[]> {
  try {
    return [textFile('policy.yaml', 'the policy of this machine', await readFile(path, 'utf8'), known)];
  } catch (error) {
    // None there, or not to be read: the report of doctor says which.
    if (systemErrorCode(error) !== undefined) return [];
    throw error;
  }
}

function describeContents(out: string, files: readonly BundleFile[]): string {
  const lines = files.map(({ name, content, removed, what }) => {
    const taken = removed === 0 ? 'nothing taken out' : `${removed} ${removed === 1 ? 'place' : 'places'} taken out`;
    return `  ${name.padEnd(32)} ${String(content.length).padStart(9)} bytes  ${taken.padEnd(22)}  ${what}`;
  });
  return [
    `${out} will hold:`,
    ...lines,
    'Taken out are keys, passwords, tokens, sealed credentials, and every text field of the log that is not known to be harmless.',
    'Not in it: the key store, the journal, kept answers, what was asked of sources, and policy.yaml unless --include-policy is given.',
  ].join('\n');
}

async function assertAgreed(terminal: Terminal): Promise<void> {
  if (terminal.isInteractive && (await terminal.askHidden('Write it? Type yes: ')).trim().toLowerCase() === 'yes')
    return;
  throw new CommandError('usage', 'Nothing was written.', 'Type yes when asked, or give --yes for unattended use.');
}

async function write(path: string, bytes: Uint8Array): Promise<void> {
  try {
    // Never over a file that is there: the path may be wrong, or somebody else's link.
    const file = await open(path, 'wx', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    } finally {
      await file.close();
    }
  } catch (cause) {
    const code = systemErrorCode(cause) ?? 'unknown';
    throw new CommandError('state', `${path} cannot be written (${code}).`, 'Name a file that is not there yet, on a disk with room.', { cause }); // prettier-ignore
  }
}
