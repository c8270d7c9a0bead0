import { DomainError } from '../../common/errors/domain-error.js';
import { validationDetails } from '../../common/errors/validation-details.js';
import { BackupError, backupSchema, openBackup, type Backup, type BackupGateway } from '../../contract/backup.js';
import { checkSealedShape, SealError, sealingModulusBytes } from '../../contract/sealed-credential.js';

/**
 * Reads a backup and checks that it is whole, of this tenant, and makes sense in itself.
 *
 * @throws DomainError BACKUP_INVALID
 */
export function readBackup(
  document: Readonly<Record<string, unknown>>,
  tenantId: string,
): { readonly backup: Backup; readonly fingerprint: string } {
  const { body, fingerprint } = open(document);
  const parsed = backupSchema.safeParse(body);
  if (!parsed.success) throw new DomainError('BACKUP_INVALID', validationDetails(parsed.error.issues));
  const backup = parsed.data;
  if (backup.tenantId !== tenantId) throw invalid('tenantId', 'it is of another tenant');
  assertComplete(backup);
  return { backup, fingerprint };
}

function open(document: Readonly<Record<string, unknown>>): ReturnType<typeof openBackup> {
  try {
    return openBackup(document);
  } catch (cause) {
    if (cause instanceof BackupError) throw new DomainError('BACKUP_INVALID', { problem: cause.message }, { cause });
    throw cause;
  }
}

/** Everything that is pointed to has to be there. */
function assertComplete({ gateways, environments, connections }: Backup): void {
  const modulusOf = new Map(gateways.map((gateway, index) => [gateway.id, modulusBytes(gateway, `gateways.${index}`)]));
  const environmentIds = new Set(environments.map((environment) => environment.id));
  for (const [index, connection] of connections.entries()) {
    const path = `connections.${index}`;
    const bytes = modulusOf.get(connection.gatewayId);
    if (bytes === undefined) throw invalid(`${path}.gatewayId`, 'no such gateway in it');
    if (connection.environmentIds.some((id) => !environmentIds.has(id))) {
      throw invalid(`${path}.environmentIds`, 'no such environment in it');
    }
    if ((connection.sealed === null) !== (connection.credentialType === 'Anonymous')) {
      throw invalid(`${path}.sealed`, 'does not fit the credential type');
    }
    if (connection.sealed !== null) assertShape(connection.sealed, bytes, `${path}.sealed`);
  }
}

function modulusBytes({ sealingKey }: BackupGateway, path: string): number {
  try {
    return sealingModulusBytes(sealingKey);
  } catch (cause) {
    if (cause instanceof SealError) throw invalid(`${path}.sealingKey`, 'not an RSA key');
    throw cause;
  }
}

function assertShape(sealed: string, keyBytes: number, path: string): void {
  try {
    checkSealedShape(sealed, keyBytes);
  } catch (cause) {
    if (cause instanceof SealError) throw invalid(path, 'not a sealed credential');
    throw cause;
  }
}

function invalid(path: string, problem: string): DomainError {
  return new DomainError('BACKUP_INVALID', { path, problem });
}
