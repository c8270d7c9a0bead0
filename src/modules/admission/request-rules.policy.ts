import { assertMayTest, assertMayUse } from '../connections/connection-roles.policy.js';
import type { RequestFacts, Rule } from './admission.types.js';
import {
  AGENT_KEY,
  AGENT_ONLINE,
  AGENT_VERSION,
  CREDENTIAL,
  ENVIRONMENT,
  LICENCE,
  OPERATION,
  REGION,
  TENANT_POLICY,
} from './common-rules.policy.js';

const USE: Rule<RequestFacts> = { name: 'role', check: ({ route }) => assertMayUse(route) };
const TEST: Rule<RequestFacts> = { name: 'role', check: ({ route }) => assertMayTest(route) };

/** What a request of an app or flow must pass, in this order, after the connection was found in the caller's tenant. */
export const REQUEST_RULES: readonly Rule<RequestFacts>[] = [
  LICENCE,
  USE,
  TENANT_POLICY,
  ENVIRONMENT,
  REGION,
  OPERATION,
  CREDENTIAL,
  AGENT_ONLINE,
  AGENT_VERSION,
  AGENT_KEY,
];

/** A test belongs to no environment: a connection need not be bound to one yet, and where it is, its region was checked. */
export const TEST_RULES: readonly Rule<RequestFacts>[] = [
  LICENCE,
  TEST,
  TENANT_POLICY,
  CREDENTIAL,
  AGENT_ONLINE,
  AGENT_VERSION,
  AGENT_KEY,
];

/** @throws DomainError of the first rule that says no */
export function admit(facts: RequestFacts, rules: readonly Rule<RequestFacts>[] = REQUEST_RULES): void {
  for (const rule of rules) rule.check(facts);
}
