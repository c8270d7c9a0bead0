import type { ChangeTopic } from '../../common/prisma/changes.js';

/** What people who look at the service are told of. */
export const LIVE_TOPICS = [
  'gateways',
  'connections',
  'environments',
  'policy',
  'alerts',
  'requests',
  'releases',
  'rotations',
] as const;
export type LiveTopic = (typeof LIVE_TOPICS)[number];

/** Changes among replicas that show in a topic. The others are caches' business alone. */
export const TOPIC_OF: Readonly<Partial<Record<ChangeTopic, LiveTopic>>> = {
  gateway: 'gateways',
  connection: 'connections',
  test: 'connections',
  environment: 'environments',
  policy: 'policy',
  alert: 'alerts',
  request: 'requests',
  release: 'releases',
  rollout: 'releases',
  rotation: 'rotations',
};
