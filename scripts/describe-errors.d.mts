import type { CatalogueRow } from '../src/common/errors/catalogue.js';

export function describeErrors(
  catalogue: Readonly<Record<string, CatalogueRow>>,
  fabricErrorCode: (code: string) => string,
): Promise<string>;
