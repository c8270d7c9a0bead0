import { DomainError } from '../../common/errors/domain-error.js';

/** A location as Azure writes it in addresses: no spaces, lower case. People write `West Europe`. */
export function locationKey(location: string): string {
  return location.replace(/\s/g, '').toLowerCase();
}

/**
 * A resource is where its gateway is, and stays there.
 *
 * @param current location of the resource; undefined for a new one
 * @throws DomainError AZURE_LOCATION_FIXED, AZURE_LOCATION_WRONG
 */
export function assertLocation(wanted: string, region: string, current: string | undefined): void {
  const location = locationKey(wanted);
  if (current !== undefined && (location !== current || region !== current)) {
    throw new DomainError('AZURE_LOCATION_FIXED', { location: current });
  }
  if (location !== region) throw new DomainError('AZURE_LOCATION_WRONG', { location, gatewayRegion: region });
}
