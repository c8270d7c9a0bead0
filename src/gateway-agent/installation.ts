import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The program that runs. Beside this file, whether it is compiled alone or part of a bundle. */
export const ENTRY = fileURLToPath(new URL('./main.js', import.meta.url));

/** The folder of the installation: of the package that this program came in. */
export const INSTALLATION = resolve(dirname(ENTRY), '..', '..');
