import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import type { ErrorCode } from '../../common/errors/catalogue.js';
import { DomainError } from '../../common/errors/domain-error.js';
import type { ConnectionTrial } from '../connections/connection-drafts.types.js';
import { DispatcherService } from '../flow-requests/dispatcher.service.js';
import { isTestsAnswer, testInTime } from '../flow-requests/test-deadline.policy.js';

/** Failures that speak of the credential, and failures that speak of the place. */
const REASONS: Readonly<Partial<Record<ErrorCode, 'CREDENTIALS_INCORRECT' | 'CONNECTION_DETAILS_INVALID'>>> = {
  SOURCE_DENIED: 'CREDENTIALS_INCORRECT',
  CREDENTIAL_UNREADABLE: 'CREDENTIALS_INCORRECT',
  CREDENTIAL_STALE_KEY: 'CREDENTIALS_INCORRECT',
  CREDENTIAL_REBOUND: 'CREDENTIALS_INCORRECT',
  SOURCE_UNREACHABLE: 'CONNECTION_DETAILS_INVALID',
  PATH_FORBIDDEN: 'CONNECTION_DETAILS_INVALID',
  POLICY_DENIED: 'CONNECTION_DETAILS_INVALID',
  FILE_NOT_FOUND: 'CONNECTION_DETAILS_INVALID',
};

/** What a trial is made for: it names the failure that has no reason of its own. */
export type TrialPurpose = 'CONNECTION_CREATION_FAILED' | 'CONNECTION_UPDATE_FAILED';

/** Tries connections before they are stored, as Fabric does unless it is told not to. */
@Injectable()
export class ConnectionTrials {
  constructor(private readonly dispatcher: DispatcherService) {}

  /**
   * @param gone fires when the caller left
   * @returns a trial that throws DomainError CREDENTIALS_INCORRECT, CONNECTION_DETAILS_INVALID or the purpose's code, each
   * with the code of what happened in its details; and whatever refused the trial
   */
  of(caller: Caller, purpose: TrialPurpose, gone: AbortSignal): ConnectionTrial {
    return async (read) => {
      try {
        await testInTime(gone, (signal) => this.dispatcher.trial(caller, read, signal));
      } catch (error) {
        if (!isTestsAnswer(error)) throw error;
        const { code, message, details, hop, outcome, retryable } = error;
        const failed = REASONS[code] ?? purpose;
        throw new DomainError(failed, { [code]: message, ...details }, { hop, outcome, retryable, cause: error });
      }
    };
  }
}
