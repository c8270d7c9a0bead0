import { StatusLabel, type StatusTone } from '../../parts/status-label.js';
import { texts } from '../../texts/texts.js';
import type { Service } from './region-service.js';

const { environments } = texts;
const TONES: Readonly<Record<Service, StatusTone>> = {
  served: 'good',
  offline: 'warning',
  none: 'bad',
  unmapped: 'unknown',
};
const LABELS: Readonly<Record<Service, string>> = {
  served: environments.served,
  offline: environments.servedOffline,
  none: environments.noGateway,
  unmapped: environments.unmapped,
};

/** Whether environments of a region have a gateway. */
export function ServiceLabel({ service }: { service: Service }) {
  return <StatusLabel tone={TONES[service]} label={LABELS[service]} />;
}
