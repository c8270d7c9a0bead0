import { authTexts } from './auth.texts.js';
import { auditTexts } from './audit.texts.js';
import { commonTexts } from './common.texts.js';
import { connectionTexts } from './connection.texts.js';
import { connectionsTexts } from './connections.texts.js';
import { eventTexts } from './events.texts.js';
import { gatewaysTexts } from './gateways.texts.js';
import { gatewayTexts } from './gateway.texts.js';
import { installTexts } from './install.texts.js';
import { newConnectionTexts } from './new-connection.texts.js';
import { networkTexts } from './network.texts.js';
import { overviewTexts } from './overview.texts.js';
import { releasesTexts } from './releases.texts.js';
import { requestsTexts } from './requests.texts.js';
import { sourceKindTexts } from './source-kind.texts.js';
import { tableTexts } from './table.texts.js';
import { environmentsTexts } from './environments.texts.js';
import { explainTexts } from './explain.texts.js';
import { licencesTexts } from './licences.texts.js';
import { policyTexts } from './policy.texts.js';
import { principalSearchTexts } from './principal-search.texts.js';

/** Every sentence of the portal, by page. Another language is another object of this shape. */
export const texts = {
  ...commonTexts,
  auth: authTexts,
  connection: connectionTexts,
  connections: connectionsTexts,
  gateways: gatewaysTexts,
  gateway: gatewayTexts,
  install: installTexts,
  newConnection: newConnectionTexts,
  overview: overviewTexts,
  audit: auditTexts,
  events: eventTexts,
  network: networkTexts,
  releases: releasesTexts,
  requests: requestsTexts,
  sourceKinds: sourceKindTexts,
  table: tableTexts,
  environments: environmentsTexts,
  explain: explainTexts,
  licences: licencesTexts,
  policy: policyTexts,
  principalSearch: principalSearchTexts,
} as const;
