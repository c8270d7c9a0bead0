import { AppLink } from '../../parts/app-link.js';
import { texts } from '../../texts/texts.js';
import type { RegionService } from './region-service.js';
import { ServiceLabel } from './service-label.js';

const { environments: words } = texts;

/** Who serves a region; where nobody does, where a gateway would have to stand. */
export function ServedBy({ region }: { region: RegionService | undefined }) {
  if (!region || region.service === 'unmapped') return <ServiceLabel service="unmapped" />;
  const { service, gateways, gatewayRegions } = region;
  return (
    <>
      <ServiceLabel service={service} />{' '}
      {service === 'none' ? (
        <>
          {words.needs(gatewayRegions.map(({ displayName }) => displayName).join(', '))}.{' '}
          {/* A line of its own: among words its colour alone would tell it apart. */}
          <span style={{ display: 'block' }}>
            <AppLink to="/install">{words.install}</AppLink>
          </span>
        </>
      ) : (
        `· ${words.gatewayCount(gateways.length)}`
      )}
    </>
  );
}
