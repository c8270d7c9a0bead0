// What an agent consists of: its bundle, how it is started and installed, and the licences of all that is in it, as a
// gzipped ustar archive.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { bundleAgent } from './agent-bundle.mjs';

const BLOCK = 512;

/** What a machine needs beside the program, from `deploy/agent`. */
const DEPLOYED = ['bin/tidegate-agent', 'bin/tidegate-agent.cmd', 'install.sh', 'install.ps1', 'service-host.cs'];

/** Gives the files of a package the version that is built. */
function stamp(content, version) {
  const line = /^export const PRODUCT_VERSION = '[^']*';$/m;
  const text = content.toString('utf8');
  if (!line.test(text)) throw new Error('contract/version.js does not say the version as it used to');
  return Buffer.from(text.replace(line, `export const PRODUCT_VERSION = '${version}';`));
}

/** Names, versions and licences of the packages that are part of the bundle, with the texts that go with them. */
function notices(root, folders) {
  const parts = folders.map((folder) => {
    const { name, version, license, licenses } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    const texts = readdirSync(join(root, folder))
      .filter((file) => /^(licen[cs]e|notice|copying)/i.test(file) && statSync(join(root, folder, file)).isFile())
      .sort()
      .map((file) => readFileSync(join(root, folder, file), 'utf8').trim());
    return [`${name} ${version} (${license ?? licenses?.[0]?.type ?? 'see below'})`, ...texts].join('\n\n');
  });
  return Buffer.from(`${parts.join(`\n\n${'='.repeat(80)}\n\n`)}\n`);
}

/**
 * @param node path of a Node.js program to put in, with the licence that lies beside it; undefined: the machine's own
 * @returns name in the archive → content, in order of name
 */
export async function agentFiles({ root, dist, version, node }) {
  const bundle = await bundleAgent({ root, dist, stamp: (content) => stamp(content, version) });
  const files = new Map();
  for (const [name, content] of bundle.files) files.set(`dist/gateway-agent/${name}`, content);
  for (const name of DEPLOYED) files.set(name, readFileSync(join(root, 'deploy', 'agent', name)));
  const manifest = { name: 'tidegate-agent', version, private: true, type: 'module', engines: { node: '>=20.19' } };
  files.set('package.json', Buffer.from(`${JSON.stringify(manifest, undefined, 2)}\n`));
  files.set('LICENSE', readFileSync(join(root, 'LICENSE')));
  files.set('THIRD-PARTY-LICENSES.txt', notices(root, bundle.packages));
  if (node !== undefined) {
    files.set(node.endsWith('.exe') ? 'bin/node.exe' : 'bin/node', readFileSync(node));
    const licence = [join(node, '..', 'LICENSE'), join(node, '..', '..', 'LICENSE')].find((path) => existsSync(path));
    if (licence !== undefined) files.set('bin/node-LICENSE.txt', readFileSync(licence));
  }
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Programs and scripts may be run, everything else is read. */
function modeOf(name) {
  return /^bin\/(?!.*\.txt$)|\.sh$/.test(name) ? '0000755\0' : '0000644\0';
}

function header(name, bytes) {
  const block = Buffer.alloc(BLOCK);
  let [prefix, short] = ['', name];
  if (Buffer.byteLength(name) > 100) {
    // A slash must stand where the two parts meet.
    const at = name.lastIndexOf('/', 155);
    [prefix, short] = [name.slice(0, at), name.slice(at + 1)];
    if (at < 1 || Buffer.byteLength(short) > 100) throw new Error(`name too long for the archive: ${name}`);
  }
  block.write(short, 0, 100);
  block.write(modeOf(name), 100);
  block.write('0000000\0', 108);
  block.write('0000000\0', 116);
  block.write(`${bytes.toString(8).padStart(11, '0')}\0`, 124);
  // No time of its own: the same files make the same archive.
  block.write(`${'0'.repeat(11)}\0`, 136);
  block.write('        ', 148);
  block.write('0', 156);
  block.write('ustar\0', 257);
  block.write('00', 263);
  block.write(prefix, 345, 155);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}

/** @param files name → content. @returns the gzipped archive, the same for the same files */
export function packFiles(files) {
  const blocks = [];
  for (const [name, content] of files) {
    blocks.push(header(name, content.length), content);
    const padding = (BLOCK - (content.length % BLOCK)) % BLOCK;
    if (padding > 0) blocks.push(Buffer.alloc(padding));
  }
  blocks.push(Buffer.alloc(2 * BLOCK));
  const archive = gzipSync(Buffer.concat(blocks), { level: 9 });
  // The header names the system that compressed; 255 is for none.
  archive[9] = 255;
  return archive;
}

/** Whether a path names a folder that holds a compiled agent. */
export function hasAgent(dist) {
  const main = join(dist, 'gateway-agent', 'main.js');
  return existsSync(main) && statSync(main).isFile();
}
