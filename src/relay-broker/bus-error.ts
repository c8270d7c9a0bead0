import { DomainError } from '../common/errors/domain-error.js';

/** What the Service Bus client's errors have in common. An aggregate holds one for each of its retries. */
interface BusError {
  readonly code?: unknown;
  readonly errors?: unknown;
}

/** The client's own word for what went wrong, as `MessagingEntityNotFound`; of the last try, where it tried again. */
export function busErrorCode(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'Unknown';
  const { code, errors } = error as BusError;
  if (Array.isArray(errors) && errors.length > 0) return busErrorCode(errors.at(-1));
  return typeof code === 'string' ? code : 'Unknown';
}

export function isPlaceGone(error: unknown): boolean {
  return ['MessagingEntityNotFound', 'MessagingEntityNotFoundError'].includes(busErrorCode(error));
}

/** A throttled namespace asks for ten seconds of silence. @see service-bus-throttling, "server busy" (50009) */
const THROTTLED_SECONDS = 10;

/** The bus's vocabulary ends here: what could not be sent, as the catalogue knows it. */
export function translateSendError(error: unknown, where: { gatewayId: string; isWrite: boolean }): DomainError {
  if (error instanceof DomainError) return error;
  const { gatewayId, isWrite } = where;
  const code = busErrorCode(error);
  const details = { gatewayId, reason: code };
  const options = { cause: error, hop: 'broker', outcome: 'not-sent' } as const;
  switch (code) {
    case 'MessagingEntityNotFound':
    case 'MessagingEntityNotFoundError':
      return new DomainError('GATEWAY_OFFLINE', details, options);
    case 'ServiceBusy':
    case 'QuotaExceeded':
      return new DomainError('GATEWAY_BUSY', details, { ...options, retryAfterSeconds: THROTTLED_SECONDS });
    case 'MessageSizeExceeded':
      return new DomainError('PAYLOAD_TOO_LARGE', details, options);
    default:
      // A send that timed out may have arrived.
      return new DomainError('BROKER_UNAVAILABLE', details, {
        ...options,
        outcome: isWrite ? 'unknown' : 'not-executed',
      });
  }
}
