import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { DomainError } from '../../common/errors/domain-error.js';
import type { ConnectionTrial } from '../connections/connection-drafts.types.js';
import { GatewayConnectionsService } from '../connections/gateway-connections.service.js';
import { DispatcherService } from '../flow-requests/dispatcher.service.js';
import { isTestsAnswer, testInTime } from '../flow-requests/test-deadline.policy.js';
import type { DatasourcePlace } from './datasource-users.js';

/** The answer "no" of a test that was made before something was stored. */
export class TrialFailed extends Error {
  override readonly name = 'TrialFailed';

  constructor(readonly reason: DomainError) {
    super(reason.message, { cause: reason });
  }
}

/** Tests data sources, stored ones and such that are to be stored. */
@Injectable()
export class DatasourceTests {
  constructor(
    private readonly places: GatewayConnectionsService,
    private readonly dispatcher: DispatcherService,
  ) {}

  /**
   * @param gone fires when the caller left
   * @throws DomainError of the rule that refused, or of the test that failed
   */
  async run(caller: Caller, { gatewayId, datasourceId }: DatasourcePlace, gone: AbortSignal): Promise<void> {
    await this.places.assertAt(caller, gatewayId, datasourceId);
    await testInTime(gone, (signal) => this.dispatcher.test(caller, datasourceId, signal));
  }

  /** @returns a trial that throws TrialFailed when the source says no, and whatever refused the trial */
  trial(caller: Caller, gone: AbortSignal): ConnectionTrial {
    return async (read) => {
      try {
        await testInTime(gone, (signal) => this.dispatcher.trial(caller, read, signal));
      } catch (error) {
        throw isTestsAnswer(error) ? new TrialFailed(error) : error;
      }
    };
  }
}

/** For `catch`: a data source whose trial failed is not made. @throws DomainError CONNECTION_CREATION_FAILED */
export function refusedByTrial(error: unknown): never {
  if (!(error instanceof TrialFailed)) throw error;
  const { code, message, details, hop, outcome, retryable } = error.reason;
  const options = { hop, outcome, retryable, cause: error };
  throw new DomainError('CONNECTION_CREATION_FAILED', { [code]: message, ...details }, options);
}
