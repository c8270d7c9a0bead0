import { describe, expect, it } from 'vitest';
import { targetFingerprintInput, targetSchema, type Target } from '../../src/contract/targets.js';

const url = 'https://api.site/v1';
const hostKey = `SHA256:${'k'.repeat(43)}`;
const endpoint = 'https://login.site/token';

describe('the text that a credential is bound to', () => {
  // Members keep the hashes of these on their disks: another text would lock every connection out.
  it.each<[Target, 'Anonymous' | 'Basic' | 'Key' | 'OAuth2' | 'Windows', 'Any' | 'Encrypted', string]>([
    [
      { kind: 'postgresql', server: 'DB.site', port: 5432, database: 'Sales' },
      ...(['Basic', 'Encrypted', '["postgresql","db.site","5432","Sales","Basic","Encrypted"]'] as const),
    ],
    [
      { kind: 'sql', server: 'DB.site', port: 1433, database: 'Sales' },
      ...(['Windows', 'Any', '["sql","db.site","1433","Sales","Windows","Any"]'] as const),
    ],
    [
      { kind: 'mysql', server: 'db', port: 3306, database: 'Sales' },
      ...(['Basic', 'Any', '["mysql","db","3306","Sales","Basic","Any"]'] as const),
    ],
    [
      { kind: 'oracle', server: 'DB', port: 1521, service: 'Orders' },
      ...(['Basic', 'Encrypted', '["oracle","db","1521","Orders","Basic","Encrypted"]'] as const),
    ],
    [
      { kind: 'odata', url, apiKeyName: 'X-Key' },
      ...(['Key', 'Any', '["odata","https://api.site/v1","Key","Any",["X-Key",null,null,null]]'] as const),
    ],
    [
      { kind: 'sftp', server: 'Files', port: 22, path: '/In', hostKey },
      ...(['Key', 'Any', `["sftp","files","22","/In","${hostKey}","Key","Any"]`] as const),
    ],
    [{ kind: 'http', url }, 'Anonymous', 'Any', '["http","https://api.site/v1","Anonymous","Any"]'],
    [{ kind: 'http', url }, 'Basic', 'Any', '["http","https://api.site/v1","Basic","Any"]'],
    [{ kind: 'filesystem', path: 'D:\\data' }, 'Windows', 'Any', '["filesystem","D:\\\\data","Windows","Any"]'],
    [
      { kind: 'http', url, apiKeyName: 'X-Key', apiKeyIn: 'query' },
      ...(['Key', 'Any', '["http","https://api.site/v1","Key","Any",["X-Key","query",null,null]]'] as const),
    ],
    [
      { kind: 'http', url, tokenEndpoint: endpoint, scope: 's' },
      ...([
        'OAuth2',
        'Any',
        '["http","https://api.site/v1","OAuth2","Any",[null,null,"https://login.site/token","s"]]',
      ] as const),
    ],
  ])('of %j stays as it is', (target, credentialType, encryption, text) => {
    expect(targetFingerprintInput(targetSchema.parse(target), credentialType, encryption)).toBe(text);
  });

  it('is another one wherever the credential would go another way', () => {
    const targets: Target[] = [
      { kind: 'http', url },
      { kind: 'http', url, apiKeyName: 'a' },
      { kind: 'http', url, apiKeyName: 'b' },
      { kind: 'http', url, apiKeyName: 'a', apiKeyIn: 'header' },
      { kind: 'http', url, apiKeyName: 'a', apiKeyIn: 'query' },
      { kind: 'http', url, tokenEndpoint: endpoint },
      { kind: 'http', url, tokenEndpoint: endpoint, scope: 'a' },
      { kind: 'http', url, tokenEndpoint: 'https://evil.example/token' },
      { kind: 'odata', url },
      { kind: 'odata', url, tokenEndpoint: 'https://evil.example/token' },
      { kind: 'sftp', server: 'f', port: 22, path: '/', hostKey },
      { kind: 'sftp', server: 'f', port: 23, path: '/', hostKey },
      { kind: 'sftp', server: 'f', port: 22, path: '/other', hostKey },
      { kind: 'sftp', server: 'f', port: 22, path: '/', hostKey: hostKey.toUpperCase() },
      { kind: 'oracle', server: 'f', port: 22, service: '/' },
      { kind: 'oracle', server: 'f', port: 22, service: 'x' },
      ...(['postgresql', 'sql', 'mysql'] as const).map((kind): Target => ({
        kind,
        server: 'f',
        port: 1,
        database: 'd',
      })),
    ];
    expect(new Set(targets.map((target) => targetFingerprintInput(target, 'Key', 'Any'))).size).toBe(targets.length);
  });
});
