import { DomainError } from '../../common/errors/domain-error.js';
import type { Condition } from '../../contract/directive.js';
import { environmentRegionName, gatewayRegionName, gatewayRegionsOf } from '../environments/regions.policy.js';
import { neededKeyOf } from '../connections/needed-key.policy.js';
import { holdsKey } from '../gateways/capable-members.policy.js';
import { faultsOf } from '../gateways/conditions.policy.js';
import { isSettling } from '../gateways/flapping.policy.js';
import { healthyMembers, isOnline } from '../gateways/health.policy.js';
import type { ConnectFacts, Facts, RequestFacts, RuleName } from './admission.types.js';

/** What the sentences are about. */
export interface Scene {
  readonly userName: string;
  readonly facts: RequestFacts | ConnectFacts;
}

type Sentence = (scene: Scene) => string;

const KIND_NAMES = {
  postgresql: 'PostgreSQL',
  sql: 'SQL Server',
  mysql: 'MySQL',
  oracle: 'Oracle',
  http: 'HTTP',
  odata: 'OData',
  filesystem: 'file system',
  sftp: 'SFTP',
} as const;

/** Why a rule has nothing against it, for the rules of both lists. */
const PASSED: Readonly<Record<RuleName, Sentence>> = {
  visible: ({ facts }) =>
    'route' in facts
      ? `The connection “${facts.route.connection.displayName}” belongs to this tenant.`
      : `The gateway “${facts.gateway.name}” belongs to this tenant.`,
  licence: ({ userName, facts: { licence } }) =>
    `${userName} has a licence that includes the gateway${licence instanceof DomainError ? '' : `: ${licence.plan}`}.`,
  role: ({ userName, facts }) =>
    'route' in facts
      ? `${userName} ${heldAt(facts)}.`
      : `${userName} may create connections on the gateway “${facts.gateway.name}” (${facts.access.grant?.role ?? 'no role'}).`,
  sourceType: ({ userName, facts }) => `${userName} may connect to ${kindsGranted(facts)} here.`,
  tenantPolicy: ({ facts: { policy } }) =>
    policy.allowedKinds === undefined
      ? 'The tenant policy allows data sources of every type.'
      : `The tenant policy allows ${list(policy.allowedKinds.map((kind) => KIND_NAMES[kind]))}.`,
  environment: ({ facts: { environment } }) =>
    environment === undefined || environment instanceof DomainError
      ? 'No environment was named, and none is needed yet.'
      : `The environment “${environment.displayName}” belongs to this tenant.`,
  region: ({ facts: { environment, gateway } }) =>
    environment === undefined || environment instanceof DomainError
      ? `The gateway is in ${gatewayRegionName(gateway.region)}; which environments it serves depends on their region.`
      : `${gatewayRegionName(gateway.region)}, where the gateway is, serves environments of ${environmentRegionName(environment.region)}.`,
  administrators: ({ facts: { policy } }) =>
    policy.minimumAdministrators === 1
      ? 'The tenant policy asks for no more than one administrator.'
      : `The gateway has the ${policy.minimumAdministrators} administrators that the tenant policy asks for.`,
  operation: ({ facts: { kind, operation } }) =>
    kind === undefined
      ? `Whether there is “${operation}” depends on the type of the data source.`
      : `${KIND_NAMES[kind]} data sources have the operation “${operation}”.`,
  credential: () => 'Nothing is known against the credential that was sealed for it.',
  agentOnline: ({ facts: { gateway, now } }) => {
    const online = healthyMembers(gateway, now);
    return `${online.length} of ${gateway.members.length} ${gateway.members.length === 1 ? 'member is' : 'members are'} online.`;
  },
  agentVersion: () => 'An online member can do this.',
  agentKey: ({ facts }) => {
    const keyId = 'route' in facts ? neededKeyOf(facts.route) : undefined;
    if (keyId === undefined) return 'Nothing is sealed for it, so no key is needed.';
    const online = healthyMembers(facts.gateway, facts.now);
    const holding = online.filter((member) => holdsKey(member, keyId));
    return `${holding.length} of ${online.length} online ${online.length === 1 ? 'member' : 'members'} can open the credential.`;
  },
};

/** Why a rule says no. */
const REFUSED: Readonly<Record<RuleName, Sentence>> = {
  visible: ({ facts: { gateway } }) => `The gateway “${gateway.name}” does not belong to this tenant.`,
  licence: ({ userName, facts: { licence } }) => {
    if (licence instanceof DomainError) return licence.message;
    const held =
      licence.plan === 'none' ? 'They hold none that says anything about it.' : `They hold: ${licence.plan}.`;
    return `No licence of ${userName} includes the gateway. ${held}`;
  },
  role: ({ userName, facts }) =>
    'route' in facts
      ? `${userName} has no role at the connection “${facts.route.connection.displayName}” and does not administer its gateway “${facts.gateway.name}”.`
      : `${userName} has no role at the gateway “${facts.gateway.name}”, so it is not offered to them.`,
  sourceType: ({ userName, facts }) =>
    `${userName} may create connections on this gateway, but only to ${kindsGranted(facts)}: ${kindOf(facts)} is not among them.`,
  tenantPolicy: ({ facts }) => `The tenant policy does not allow ${kindOf(facts)} data sources.`,
  environment: ({ facts: { environment } }) =>
    environment instanceof DomainError && environment.code === 'ENVIRONMENT_REQUIRED'
      ? 'No environment was named, and the connection is not bound to exactly one.'
      : 'This tenant has no environment with this id.',
  region: ({ facts: { environment, gateway } }) => {
    const where = gatewayRegionName(gateway.region);
    if (environment === undefined || environment instanceof DomainError) return `The gateway is in ${where}.`;
    const serving = list(gatewayRegionsOf(environment.region).map(gatewayRegionName), 'or');
    const name = environmentRegionName(environment.region);
    return `The gateway “${gateway.name}” is in ${where}, but the environment “${environment.displayName}” is in ${name}: it sees only gateways in ${serving}.`;
  },
  administrators: ({ facts }) =>
    `The tenant policy asks for ${facts.policy.minimumAdministrators} administrators before connections are created; the gateway has ${'administrators' in facts ? facts.administrators : 'fewer'}.`,
  operation: ({ facts }) => `${kindOf(facts)} data sources have no operation “${facts.operation}”.`,
  credential: ({ facts: { gateway } }) =>
    `The credential is sealed to a key that the gateway “${gateway.name}” does not use any more: no member can open it.`,
  agentOnline: ({ facts }) => offline(facts),
  agentVersion: ({ facts }) =>
    `The agents of the gateway “${facts.gateway.name}” that are online are too old for “${facts.operation}”.`,
  agentKey: ({ facts: { gateway, now } }) => {
    const names = healthyMembers(gateway, now).map(({ name }) => `“${name}”`);
    return `The credential was sealed to a key that no online member of the gateway “${gateway.name}” has yet: ${list(names)} ${names.length === 1 ? 'was' : 'were'} away when it was handed out, or lost it.`;
  },
};

export function passedReason(rule: RuleName, scene: Scene): string {
  return PASSED[rule](scene);
}

export function refusedReason(rule: RuleName, scene: Scene): string {
  return REFUSED[rule](scene);
}

function heldAt({ route, gateway }: RequestFacts): string {
  const { connectionRole, gatewayRole } = route.grant;
  if (connectionRole !== null) return `is ${connectionRole} of the connection “${route.connection.displayName}”`;
  return `is ${gatewayRole ?? 'nobody'} of the gateway “${gateway.name}” behind the connection`;
}

function kindsGranted(facts: Facts | ConnectFacts): string {
  const kinds = 'access' in facts ? facts.access.grant?.allowedKinds : undefined;
  return kinds === undefined ? 'data sources of every type' : list(kinds.map((kind) => KIND_NAMES[kind]));
}

function kindOf({ kind }: Facts): string {
  return kind === undefined ? 'this type' : KIND_NAMES[kind];
}

/** Names every machine with what is wrong with it: the one thing that the person at the machine can use. */
function offline({ gateway, now }: Facts): string {
  if (gateway.members.length === 0) return `The gateway “${gateway.name}” has no member any more.`;
  const states = gateway.members.map((member) => {
    if (!member.enabled) return `“${member.name}” is disabled`;
    if (member.draining) return `“${member.name}” is draining`;
    const isHeard = isOnline(member, now);
    const faults = faultsOf(member.conditions);
    if (isHeard && faults.length > 0) return `“${member.name}” reports ${list(faults.map(conditionText))}`;
    if (isHeard && isSettling(member, now))
      return `“${member.name}” comes and goes, and came back less than a minute ago`;
    if (member.lastHeartbeatAt === null) return `“${member.name}” was never heard from`;
    const minutes = Math.max(1, Math.round((now.getTime() - member.lastHeartbeatAt.getTime()) / 60_000));
    return minutes <= 1
      ? `“${member.name}” is not connected`
      : `“${member.name}” was last heard from ${minutes} minutes ago`;
  });
  return `No member of the gateway “${gateway.name}” is online: ${list(states)}.`;
}

const CONDITION_TEXTS: Readonly<Record<string, string>> = {
  'clock-off': 'a clock that is more than five minutes off',
  'disk-full': 'a full disk',
  'version-unsupported': 'a version that is not supported any more',
  'cpu-high': 'processor use above the threshold',
  'memory-high': 'memory use above the threshold',
} satisfies Record<Condition, string>;

/** A newer agent may have words that are not known here yet. */
function conditionText(condition: string): string {
  return CONDITION_TEXTS[condition] ?? `“${condition}”`;
}

function list(words: readonly string[], last: 'and' | 'or' = 'and'): string {
  if (words.length === 0) return 'nothing';
  return words.length === 1 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1) ?? ''}`;
}
