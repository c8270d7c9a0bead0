import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { DispatcherService } from '../flow-requests/dispatcher.service.js';

/** Fabric's clients wait for the answer of a test; what takes longer is as good as offline to them. */
const TEST_TIMEOUT_MS = 20_000;

/** Outcome of a test, as Fabric tells it. */
export interface ConnectionStatus {
  readonly status: 'Online' | 'Offline';
  readonly errors: readonly { readonly errorCode: string; readonly message: string }[];
}

/** Tests connections and tells a test that failed from one that was refused. */
@Injectable()
export class ConnectionTests {
  constructor(private readonly dispatcher: DispatcherService) {}

  /**
   * @param gone fires when the caller left
   * @throws DomainError when a rule refuses the test: CONNECTION_NOT_FOUND, LICENCE_REQUIRED, ROLE_MISSING…
   */
  async run(caller: Caller, connectionId: string, gone: AbortSignal): Promise<ConnectionStatus> {
    const limit = new AbortController();
    const timer = setTimeout(() => {
      limit.abort(new DomainError('GATEWAY_TIMEOUT', { timeoutMs: TEST_TIMEOUT_MS }));
    }, TEST_TIMEOUT_MS);
    try {
      await this.dispatcher.test(caller, connectionId, AbortSignal.any([gone, limit.signal]));
      return { status: 'Online', errors: [] };
    } catch (error) {
      if (!(error instanceof DomainError) || !isAboutTheWay(error)) throw error;
      return { status: 'Offline', errors: [{ errorCode: error.code, message: error.message }] };
    } finally {
      clearTimeout(timer);
    }
  }
}

/** Whether the failure lies beyond the control plane: then the test was made, and its answer is no. */
function isAboutTheWay(error: DomainError): boolean {
  if (error.code === 'REQUEST_CANCELLED') return false;
  return error.hop !== 'control-plane' || error.code === 'GATEWAY_OFFLINE';
}
