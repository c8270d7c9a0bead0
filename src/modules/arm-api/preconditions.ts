import type { Precondition } from '../azure-resources/azure-resources.types.js';

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** Reads `If-Match` and `If-None-Match`. Weak tags count as strong ones: a version has one answer only. @see RFC 9110, 13.1 */
export function preconditionOf(headers: Headers): Precondition {
  return { ifMatch: tagsOf(headers['if-match']), ifNoneMatch: tagsOf(headers['if-none-match']) };
}

/** A header without any tag is none: Azure's clients send it empty. */
function tagsOf(header: string | string[] | undefined): readonly string[] | undefined {
  const tags = [header ?? []].flat().flatMap((line) => line.split(','));
  const named = tags.map((tag) => tag.trim().replace(/^W\//i, '')).filter((tag) => tag !== '');
  return named.length === 0 ? undefined : named;
}
