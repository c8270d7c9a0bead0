import { Injectable } from '@nestjs/common';
import { DomainError } from '../errors/domain-error.js';
import { readText } from '../http/read-text.js';

/** The directory answers in well under a second; a caller waits for this. */
const TIMEOUT_MS = 5_000;

/** A key set of ten keys with certificates is 20 KB. */
const MAX_BYTES = 512 * 1024;

/** Fetches public JSON documents of the directory, with bounds on time and size. Certificates are checked as Node's settings say. */
@Injectable()
export class JsonFetcher {
  /** @throws DomainError IDENTITY_UNAVAILABLE when there is no whole JSON answer in time */
  async get(url: string): Promise<{ readonly status: number; readonly body: unknown }> {
    try {
      const response = await fetch(url, {
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
        headers: { accept: 'application/json' },
      });
      return { status: response.status, body: JSON.parse(await readText(response, MAX_BYTES)) };
    } catch (cause) {
      throw new DomainError('IDENTITY_UNAVAILABLE', {}, { cause });
    }
  }
}
