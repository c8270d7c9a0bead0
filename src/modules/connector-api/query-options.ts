import { DomainError } from '../../common/errors/domain-error.js';

/** Query options by their names in lower case, as far as they say something. */
export type QueryOptions<Option extends string> = ReadonlyMap<Option, string>;

/**
 * Reads the options that begin with a dollar sign. Those without belong to whoever is in front (`api-version`) and are
 * passed over; unknown ones with it are refused, since leaving one out would answer another question.
 *
 * @throws DomainError VALIDATION_FAILED naming the option
 */
export function readOptions<Option extends string>(
  query: Readonly<Record<string, unknown>>,
  known: readonly Option[],
): QueryOptions<Option> {
  const options = new Map<Option, string>();
  for (const [name, value] of Object.entries(query)) {
    if (!name.startsWith('$')) continue;
    const option = known.find((each) => each === name.toLowerCase());
    if (!option) throw invalidOption(name.slice(0, 64), `is not supported; these are: ${known.join(', ')}`);
    if (typeof value !== 'string' || options.has(option)) throw invalidOption(option, 'must stand once');
    // Clients build their query from a template and leave unused options empty.
    if (value.trim() !== '') options.set(option, value);
  }
  return options;
}

/** @throws DomainError VALIDATION_FAILED */
export function wholeNumber(option: string, text: string | undefined, max: number): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,10}$/.test(text) || Number(text) > max) {
    throw invalidOption(option, `must be a whole number from 0 to ${max}`);
  }
  return Number(text);
}

/** @throws DomainError VALIDATION_FAILED */
export function listOf(option: string, text: string | undefined, max: number): string[] | undefined {
  const parts = text?.split(',', max + 1);
  if (parts && parts.length > max) throw invalidOption(option, `must not name more than ${max} columns`);
  return parts?.map((part) => part.trim());
}

export function invalidOption(option: string, problem: string): DomainError {
  return new DomainError('VALIDATION_FAILED', { option, problem });
}

/** The same address with some options left out and one set. */
export function withOption(base: string, path: string, left: RegExp, [name, value]: readonly [string, string]): string {
  const url = new URL(base + path);
  const kept = url.search
    .slice(1)
    .split('&')
    .filter((part) => part !== '' && !left.test(part));
  url.search = [...kept, `${name}=${value}`].join('&');
  return url.href;
}
