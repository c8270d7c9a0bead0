import { createReadStream } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { DOCS_START } from './docs-page.js';

/** Something to send as it is. */
export interface DocsFile {
  readonly type: string;
  readonly stream: Readable;
}

const SCRIPT = 'text/javascript; charset=utf-8';

/** Files of the package that draws the page. No other name reaches the disk. */
const PACKAGE_FILES: ReadonlyMap<string, string> = new Map([
  ['swagger-ui.css', 'text/css; charset=utf-8'],
  ['swagger-ui-bundle.js', SCRIPT],
  ['favicon-32x32.png', 'image/png'],
]);

/** Made with the release, beside the program. */
const DOCUMENT = fileURLToPath(new URL('../../../docs/openapi/tidegate.json', import.meta.url));

const packageFolder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

export function findDocsFile(name: string): DocsFile | null {
  if (name === 'start.js') return { type: SCRIPT, stream: Readable.from([DOCS_START]) };
  const type = PACKAGE_FILES.get(name);
  return type === undefined ? null : { type, stream: createReadStream(join(packageFolder, name)) };
}

/** The description of every route, as `npm run docs:openapi` wrote it. */
export function openApiFile(): DocsFile {
  return { type: 'application/json; charset=utf-8', stream: createReadStream(DOCUMENT) };
}
