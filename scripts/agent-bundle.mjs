// Makes a few files of the compiled agent and of what it imports: one entry, and a piece for each thing that is loaded
// only when it is needed, such as a driver. Nothing of it depends on where it was built or when.
import { readFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/**
 * What packages name and the agent does without: native helpers that their packages can miss, and the cloud's sign-in,
 * which the driver of SQL Server loads for kinds of sign-in that no connection has.
 */
const ABSENT = /^(cpu-features|pg-native|bufferutil|utf-8-validate|@azure\/identity|@azure\/keyvault-keys|.*\.node)$/;

/** Packages in the older form ask for these; a module has to make them. */
const BANNER =
  "import{createRequire as tidegateRequire}from'node:module';const require=tidegateRequire(import.meta.url);";

/** Whoever reaches for an absent package hears that it is not there, as its package expects. */
const absentPackages = {
  name: 'absent-packages',
  setup(bundle) {
    bundle.onResolve({ filter: ABSENT }, ({ path }) => ({ path, namespace: 'absent' }));
    bundle.onLoad({ filter: /.*/, namespace: 'absent' }, ({ path }) => ({ contents: absent(path), loader: 'js' }));
  },
};

/** A file that is optional is missing when it is loaded; a package whose parts are named is when one of them is used. */
function absent(path) {
  const failure = `Object.assign(new Error(${JSON.stringify(`${path} is not part of this package`)}),{code:'MODULE_NOT_FOUND'})`;
  if (!path.startsWith('@azure/')) return `throw ${failure};`;
  const get = `(_,name)=>{if(name==='__esModule'||typeof name==='symbol')return undefined;throw ${failure};}`;
  return `module.exports=new Proxy({},{get:${get}});`;
}

/**
 * A package in the older form has its names when Node imports it, and only `default` in a piece of its own. This puts a
 * module before it that has them all.
 */
const namesOfLatePackages = {
  name: 'names-of-late-packages',
  setup(bundle) {
    bundle.onResolve({ filter: /^[^./]/ }, ({ path, kind, resolveDir }) => {
      if (kind !== 'dynamic-import' || isBuiltin(path) || ABSENT.test(path)) return undefined;
      return { path: `${path}.mjs`, namespace: 'late', pluginData: { path, resolveDir } };
    });
    bundle.onLoad({ filter: /.*/, namespace: 'late' }, async ({ pluginData: { path, resolveDir } }) => {
      // The very file that the bundle takes: a package may have one for each form.
      const { path: file } = await bundle.resolve(path, { kind: 'import-statement', resolveDir });
      const found = await import(pathToFileURL(file).href);
      const names = Object.keys(found).filter((name) => /^[A-Za-z_$][\w$]*$/.test(name) && name !== 'default');
      const rest = 'default' in found ? [`import all from '${path}';export default all;`] : [];
      return { contents: [`export {${names.sort().join(',')}} from '${path}';`, ...rest].join('\n'), resolveDir };
    });
  },
};

/** @param stamp makes the content of `contract/version.js` for the version that is built */
const stampedVersion = (stamp) => ({
  name: 'stamped-version',
  setup(bundle) {
    bundle.onLoad({ filter: /[\\/]contract[\\/]version\.js$/ }, async ({ path }) => ({
      contents: stamp(await readFile(path)),
      loader: 'js',
    }));
  },
});

/** @returns `files`: name → content; `packages`: folder below the root of every package that is part of them */
export async function bundleAgent({ root, dist, stamp }) {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: [join(dist, 'gateway-agent', 'main.js')],
    outdir: join(root, 'bundle'),
    entryNames: '[name]',
    chunkNames: 'part-[hash]',
    bundle: true,
    splitting: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    // Names as they are: a stack trace from a customer's machine has to be readable.
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    // A linked node_modules would put its own place into the names of parts.
    preserveSymlinks: true,
    nodePaths: [join(root, 'node_modules')],
    banner: { js: BANNER },
    define: { __dirname: 'import.meta.dirname', __filename: 'import.meta.filename' },
    plugins: [absentPackages, namesOfLatePackages, stampedVersion(stamp)],
    logLevel: 'error',
  });
  const inputs = Object.values(metafile.outputs).flatMap((output) =>
    Object.entries(output.inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
  );
  const packages = new Set(inputs.map(packageOf).filter((folder) => folder !== undefined));
  return {
    files: new Map(outputFiles.map(({ path, contents }) => [path.slice(join(root, 'bundle').length + 1), contents])),
    packages: [...packages].sort(),
  };
}

/** The folder of the package that a file belongs to. */
function packageOf(path) {
  return /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];
}
