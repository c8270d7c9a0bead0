import type { ApiError } from '../../../../src/client/api-error.js';

export interface ImportFault {
  readonly place: string;
  readonly problem: string;
}

/** What is wrong with a refused list, as its details number it: `path` and `problem`, then `path2` and `problem2`. */
export function faultsOf({ details }: ApiError): readonly ImportFault[] {
  const faults: ImportFault[] = [];
  for (let number = 1; ; number += 1) {
    const suffix = number === 1 ? '' : String(number);
    const place = details[`path${suffix}`];
    if (place === undefined) return faults;
    faults.push({ place, problem: details[`problem${suffix}`] ?? '' });
  }
}
