import { assertKindGranted, assertMayCreateConnections } from '../administrators/roles.policy.js';
import { assertEnoughAdministrators } from '../administrators/administrators.policy.js';
import type { ConnectFacts, Rule } from './admission.types.js';
import {
  AGENT_ONLINE,
  AGENT_VERSION,
  ENVIRONMENT,
  LICENCE,
  OPERATION,
  REGION,
  TENANT_POLICY,
} from './common-rules.policy.js';

const ROLE: Rule<ConnectFacts> = { name: 'role', check: ({ access }) => assertMayCreateConnections(access) };

const SOURCE_TYPE: Rule<ConnectFacts> = {
  name: 'sourceType',
  check: ({ access, kind }) => {
    if (kind !== undefined) assertKindGranted(access, kind);
  },
};

const ADMINISTRATORS: Rule<ConnectFacts> = {
  name: 'administrators',
  check: ({ gateway, administrators, policy }) =>
    assertEnoughAdministrators(gateway.id, administrators, policy.minimumAdministrators),
};

/** What making a connection on a gateway and then using it must pass, in the order in which the service itself asks. */
export const CONNECT_RULES: readonly Rule<ConnectFacts>[] = [
  LICENCE,
  ROLE,
  SOURCE_TYPE,
  TENANT_POLICY,
  ENVIRONMENT,
  REGION,
  ADMINISTRATORS,
  OPERATION,
  AGENT_ONLINE,
  AGENT_VERSION,
];
