import type { RunningSite } from './sample-site/sample-site.js';
import type { WantedConnection } from './seed.js';

const text = (name: string, value: string): { dataType: 'Text'; name: string; value: string } => ({
  dataType: 'Text',
  name,
  value,
});

/** The connections of the sample gateway: one to each source of the sample network. */
export function sampleConnections(
  { database, api, files }: RunningSite,
  environmentIds: readonly string[],
): { kind: string; details: WantedConnection }[] {
  return [
    {
      kind: 'postgresql',
      details: {
        displayName: 'contoso.warehouse',
        connectionDetails: {
          type: 'PostgreSQL',
          creationMethod: 'PostgreSql',
          parameters: [text('server', `${database.host}:${database.port}`), text('database', database.database)],
        },
        credential: { type: 'Basic', username: database.username, password: database.password },
        encryption: 'NotEncrypted',
        environmentIds,
      },
    },
    {
      kind: 'http',
      details: {
        displayName: 'contoso.api',
        connectionDetails: { type: 'Web', creationMethod: 'Web', parameters: [text('url', api.baseUrl)] },
        credential: { type: 'Basic', username: api.username, password: api.password },
        encryption: 'NotEncrypted',
        environmentIds,
      },
    },
    {
      kind: 'filesystem',
      details: {
        displayName: 'contoso.files',
        connectionDetails: { type: 'Folder', creationMethod: 'Folder', parameters: [text('path', files.root)] },
        credential: { type: 'Anonymous' },
        encryption: 'NotEncrypted',
        environmentIds,
      },
    },
  ];
}
