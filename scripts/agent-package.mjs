// What an agent consists of: its compiled files and the packages that its imports reach, as a gzipped ustar archive.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import { gzipSync } from 'node:zlib';
import ts from 'typescript';

const BLOCK = 512;
const OWN = ['contract', 'gateway-agent'];

/** Files of a folder, without a package's own nested dependencies. */
function filesOf(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === 'node_modules' || entry.name === '.bin') return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesOf(path);
    return entry.isFile() ? [path] : [];
  });
}

/** Packages that compiled files name: `a` of `a/b`, `@s/a` of `@s/a/b`. */
function importedPackages(files) {
  const names = new Set();
  for (const file of files) {
    for (const { fileName } of ts.preProcessFile(readFileSync(file, 'utf8'), true, true).importedFiles) {
      if (fileName.startsWith('.') || isBuiltin(fileName)) continue;
      const parts = fileName.split('/').slice(0, fileName.startsWith('@') ? 2 : 1);
      names.add(parts.join('/'));
    }
  }
  return names;
}

/** Where Node finds a package from a folder: the nearest node_modules upwards. */
function locate(root, from, name) {
  for (let folder = from; folder.startsWith(root); folder = dirname(folder)) {
    const found = join(folder, 'node_modules', name);
    if (existsSync(join(found, 'package.json'))) return found;
  }
  return undefined;
}

/** Folders of all packages reached; optional ones that are not installed are left out. */
export function packageFolders(root, files) {
  const found = new Set();
  const visit = (from, name, isOptional) => {
    const folder = locate(root, from, name);
    if (folder === undefined) {
      if (isOptional) return;
      throw new Error(`package ${name}, which the agent needs, is not installed`);
    }
    if (found.has(folder)) return;
    found.add(folder);
    const { dependencies = {}, optionalDependencies = {} } = JSON.parse(
      readFileSync(join(folder, 'package.json'), 'utf8'),
    );
    for (const next of Object.keys(dependencies)) visit(folder, next, next in optionalDependencies);
  };
  for (const name of importedPackages(files)) visit(root, name, false);
  return [...found].sort();
}

/** What no program reads: maps, types, documents, tests. */
function isNeeded(path) {
  return (
    !/\.(map|d\.[cm]?ts|ts|md|markdown|tsbuildinfo)$/i.test(path) && !/[\\/](test|tests|__tests__|docs)[\\/]/.test(path)
  );
}

/** Gives the files of a package the version that is built. */
function stamp(content, version) {
  const line = /^export const PRODUCT_VERSION = '[^']*';$/m;
  const text = content.toString('utf8');
  if (!line.test(text)) throw new Error('contract/version.js does not say the version as it used to');
  return Buffer.from(text.replace(line, `export const PRODUCT_VERSION = '${version}';`));
}

/** @returns name in the archive → content, in order of name */
export function agentFiles({ root, dist, version }) {
  const files = new Map();
  const own = OWN.flatMap((name) => filesOf(join(dist, name))).filter((path) => path.endsWith('.js'));
  for (const path of own) {
    const name = `dist/${relative(dist, path).split(sep).join('/')}`;
    const content = readFileSync(path);
    files.set(name, name === 'dist/contract/version.js' ? stamp(content, version) : content);
  }
  for (const folder of packageFolders(root, own)) {
    for (const path of filesOf(folder)) {
      if (isNeeded(relative(folder, path))) files.set(relative(root, path).split(sep).join('/'), readFileSync(path));
    }
  }
  const manifest = { name: 'tidegate-agent', version, private: true, type: 'module' };
  files.set('package.json', Buffer.from(`${JSON.stringify(manifest, undefined, 2)}\n`));
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
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
  block.write('0000644\0', 100);
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
  return gzipSync(Buffer.concat(blocks), { level: 9 });
}

/** Whether a path names a folder that holds a compiled agent. */
export function hasAgent(dist) {
  const main = join(dist, 'gateway-agent', 'main.js');
  return existsSync(main) && statSync(main).isFile();
}
