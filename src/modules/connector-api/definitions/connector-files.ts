import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AppConfig } from '../../../config/env.js';
import type { SourceKind } from '../../../contract/targets.js';

/** What a connector consists of: its definition and properties to import, and the definition of its routes themselves. */
export const CONNECTOR_FILES = ['apiDefinition.swagger.json', 'apiProperties.json', 'runtime.swagger.json'] as const;
export type ConnectorFile = (typeof CONNECTOR_FILES)[number];

/** Made with the release, beside the program. */
const FOLDER = fileURLToPath(new URL('../../../../docs/connectors', import.meta.url));

/** What stands in the files where each installation has its own; `scripts/connectors/places.mjs` has the same. */
const PLACES = {
  publicUrl: 'https://tidegate.example',
  audience: 'api://tidegate',
  scope: 'api://tidegate/user_impersonation',
  clientId: '00000000-0000-0000-0000-000000000000',
};

type Json = Readonly<Record<string, unknown>>;
type Installation = Pick<AppConfig, 'publicUrl' | 'audiences' | 'scope' | 'clientId'>;

/** A file of a connector, with this installation's address and directory in it. */
export function connectorFile(kind: SourceKind, file: ConnectorFile, installation: Installation): Json {
  const { publicUrl, audiences, scope, clientId } = installation;
  const { host, protocol } = new URL(publicUrl);
  // The longer one first: the audience is a part of the scope.
  const text = readFileSync(join(FOLDER, kind, file), 'utf8')
    .replaceAll(PLACES.scope, inJson(scope))
    .replaceAll(PLACES.audience, inJson(audiences[0] ?? PLACES.audience))
    .replaceAll(PLACES.clientId, inJson(clientId))
    .replaceAll(PLACES.publicUrl, inJson(publicUrl));
  const read = JSON.parse(text) as Json;
  return 'swagger' in read ? { ...read, host, schemes: [protocol.slice(0, -1)] } : read;
}

/** As it may stand within a text of the file. A function, since `$` means something in replacements. */
function inJson(value: string): () => string {
  return () => JSON.stringify(value).slice(1, -1);
}
