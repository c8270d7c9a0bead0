import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { DispatcherService } from '../flow-requests/dispatcher.service.js';
import { isTestsAnswer, testInTime } from '../flow-requests/test-deadline.policy.js';

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
    try {
      await testInTime(gone, (signal) => this.dispatcher.test(caller, connectionId, signal));
      return { status: 'Online', errors: [] };
    } catch (error) {
      if (!isTestsAnswer(error)) throw error;
      return { status: 'Offline', errors: [{ errorCode: error.code, message: error.message }] };
    }
  }
}
