import { DomainError } from '../../common/errors/domain-error.js';
import { neededFeature, OPERATIONS_BY_KIND } from '../../contract/capabilities.js';
import { assertNotStale } from '../connections/stale-credential.policy.js';
import { assertRegionServed } from '../environments/regions.policy.js';
import { capableMembers } from '../gateways/capable-members.policy.js';
import { assertHealthy } from '../gateways/health.policy.js';
import { assertEligible } from '../licences/eligibility.policy.js';
import { assertKindAllowed } from '../tenant-policy/allowed-kinds.policy.js';
import { neededKeyOf } from '../connections/needed-key.policy.js';
import type { Facts, RequestFacts, Rule } from './admission.types.js';

/** @throws the failure, where a fact could not be found out */
function known<T>(fact: T | DomainError): T {
  if (fact instanceof DomainError) throw fact;
  return fact;
}

export const LICENCE: Rule<Facts> = { name: 'licence', check: ({ licence }) => assertEligible(known(licence)) };

export const TENANT_POLICY: Rule<Facts> = {
  name: 'tenantPolicy',
  check: ({ policy, kind }) => {
    if (kind !== undefined) assertKindAllowed(policy, kind);
  },
};

export const ENVIRONMENT: Rule<Facts> = { name: 'environment', check: ({ environment }) => void known(environment) };

export const REGION: Rule<Facts> = {
  name: 'region',
  check: ({ environment, gateway }) => {
    const place = known(environment);
    if (place) assertRegionServed(place, gateway);
  },
};

export const OPERATION: Rule<Facts> = {
  name: 'operation',
  check: ({ kind, operation }) => {
    if (kind === undefined || OPERATIONS_BY_KIND[kind].includes(operation)) return;
    throw new DomainError('OPERATION_UNSUPPORTED', { kind, operation });
  },
};

export const CREDENTIAL: Rule<RequestFacts> = { name: 'credential', check: ({ route }) => assertNotStale(route) };

export const AGENT_ONLINE: Rule<Facts> = {
  name: 'agentOnline',
  check: ({ gateway, now }) => assertHealthy(gateway, now),
};

export const AGENT_VERSION: Rule<Facts> = {
  name: 'agentVersion',
  check: ({ gateway, kind, operation, now }) => {
    if (kind !== undefined) capableMembers(gateway, { kind, name: operation }, now);
  },
};

export const AGENT_KEY: Rule<RequestFacts> = {
  name: 'agentKey',
  check: ({ gateway, kind, operation, route, now }) => {
    const feature = neededFeature(kind, route.connection.credentialType);
    capableMembers(gateway, { kind, name: operation, keyId: neededKeyOf(route), feature }, now);
  },
};
