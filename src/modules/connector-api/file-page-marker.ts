import { DomainError } from '../../common/errors/domain-error.js';

/** The name that a page of a folder ended with, in a form that no address changes. */
export function pageMarker(name: string): string {
  return Buffer.from(name, 'utf8').toString('base64url');
}

/** @returns undefined for the first page @throws DomainError VALIDATION_FAILED for what was never a marker */
export function readPageMarker(marker: string | undefined): string | undefined {
  if (marker === undefined || marker === '') return undefined;
  const name = Buffer.from(marker, 'base64url').toString('utf8');
  if (pageMarker(name) !== marker || name.length > 255) {
    throw new DomainError('VALIDATION_FAILED', {
      parameter: 'nextPageMarker',
      problem: 'is not one of an earlier page',
    });
  }
  return name;
}
