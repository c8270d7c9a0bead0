import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { CATALOGUE, type ErrorCode } from '../../common/errors/catalogue.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { AdministratorCountService } from '../administrators/administrator-count.service.js';
import { GatewayRolesService } from '../administrators/gateway-roles.service.js';
import { mayManage } from '../connections/connection-roles.policy.js';
import { GatewayStatesService } from '../gateways/gateway-states.service.js';
import { PrincipalsService, type PrincipalRow } from '../identity/principals.service.js';
import { TenantPolicyService } from '../tenant-policy/tenant-policy.service.js';
import { AdmissionService } from './admission.service.js';
import type { ConnectFacts, Principal, RequestFacts, Rule, RuleName } from './admission.types.js';
import { ChangersService } from './changers.service.js';
import { CONNECT_RULES } from './connect-rules.policy.js';
import type { Changer, Explanation, Question, RuleAnswer } from './explain.types.js';
import { REQUEST_RULES, TEST_RULES } from './request-rules.policy.js';
import { passedReason, refusedReason, type Scene } from './rule-reasons.js';

/** Codes that may pass, and are the verdict all the same: what they say of the members is known. */
const ABOUT_MEMBERS: ReadonlySet<string> = new Set<ErrorCode>(['GATEWAY_OFFLINE', 'GATEWAY_KEY_MISSING']);

/** Rules about what members that are online can do. */
const ABOUT_ABLE: ReadonlySet<RuleName> = new Set(['agentVersion', 'agentKey']);

/** Answers why somebody can or cannot: with the very rules that the dispatcher asks. */
@Injectable()
export class ExplainService {
  constructor(
    private readonly admission: AdmissionService,
    private readonly gateways: GatewayStatesService,
    private readonly roles: GatewayRolesService,
    private readonly administrators: AdministratorCountService,
    private readonly policies: TenantPolicyService,
    private readonly principals: PrincipalsService,
    private readonly changers: ChangersService,
  ) {}

  /**
   * Everybody may ask about themselves; owners of the connection and administrators of the gateway or tenant about others.
   *
   * @throws DomainError PRINCIPAL_NOT_FOUND, GATEWAY_NOT_FOUND, CONNECTION_NOT_FOUND, NOT_ADMINISTRATOR, IDENTITY_UNAVAILABLE
   */
  async explain(caller: Caller, question: Question): Promise<Explanation> {
    const { tenantId } = caller;
    const { connectionId, gatewayId = '' } = question;
    await this.assertMayAsk(caller, question);
    const user = await this.principals.findByIdOrUpn(tenantId, question.user);
    if (!user || user.type === 'Group') throw new DomainError('PRINCIPAL_NOT_FOUND', { user: question.user });
    const principal = { tenantId, id: user.id, type: user.type };
    if (connectionId === undefined) {
      return this.describe(user, await this.connectFacts(principal, gatewayId, question), CONNECT_RULES);
    }
    const route = await this.admission.route(principal, connectionId);
    const facts = await this.admission.facts(principal, route, question);
    return this.describe(user, facts, question.operation === 'test' ? TEST_RULES : REQUEST_RULES);
  }

  private async assertMayAsk(caller: Caller, { user, connectionId, gatewayId = '' }: Question): Promise<void> {
    const isSelf = [caller.id, caller.upn].some((name) => name?.toLowerCase() === user.toLowerCase());
    if (connectionId !== undefined) {
      const route = await this.admission.route(caller, connectionId);
      if (isSelf || caller.isTenantAdministrator || mayManage(route.grant)) return;
    } else {
      const { grant } = await this.roles.access(caller, gatewayId);
      if (isSelf || caller.isTenantAdministrator || grant?.role === 'Admin') return;
    }
    throw new DomainError('NOT_ADMINISTRATOR', { user });
  }

  private async connectFacts(principal: Principal, gatewayId: string, question: Question): Promise<ConnectFacts> {
    const { tenantId } = principal;
    const { environmentId, kind, operation } = question;
    const gateway = await this.gateways.get(tenantId, gatewayId);
    const [policy, licence, access, environment] = await Promise.all([
      this.policies.get(tenantId),
      this.admission.licence(principal),
      this.roles.access(principal, gateway.id),
      environmentId === undefined ? undefined : this.admission.place(tenantId, environmentId),
    ]);
    const administrators = await this.administrators.count(tenantId, gateway.id, policy.minimumAdministrators);
    return { gateway, kind, policy, licence, access, environment, administrators, operation, now: new Date() };
  }

  private async describe<F extends RequestFacts | ConnectFacts>(
    user: PrincipalRow,
    facts: F,
    rules: readonly Rule<F>[],
  ): Promise<Explanation> {
    const scene = { userName: user.displayName, facts };
    const changers = await this.changers.of(user.tenantId, facts);
    const answers = judge(scene, facts, { rules, changers });
    const decidedBy = answers.find(({ verdict }) => verdict !== 'passed')?.rule;
    const { gateway, environment } = facts;
    return {
      user: { id: user.id, displayName: user.displayName, ...(user.upn === null ? {} : { upn: user.upn }) },
      gateway: { id: gateway.id, displayName: gateway.name, region: gateway.region },
      ...('route' in facts && {
        connection: { id: facts.route.connection.id, displayName: facts.route.connection.displayName },
      }),
      ...(environment === undefined || environment instanceof DomainError
        ? {}
        : { environment: { id: environment.id, displayName: environment.displayName, region: environment.region } }),
      operation: facts.operation,
      isAllowed: decidedBy === undefined,
      ...(decidedBy === undefined ? {} : { decidedBy }),
      rules: answers,
    };
  }
}

/** Asks every rule. A rule that fails for the reason an earlier one gave cannot be judged yet. */
function judge<F extends RequestFacts | ConnectFacts>(
  scene: Scene,
  facts: F,
  {
    rules,
    changers,
  }: { readonly rules: readonly Rule<F>[]; readonly changers: (rule: RuleName) => readonly Changer[] },
): RuleAnswer[] {
  const settledBy = new Map<string, RuleName>();
  const answers: RuleAnswer[] = [
    { rule: 'visible', verdict: 'passed', reason: passedReason('visible', scene), changeableBy: [] },
  ];
  for (const { name, check } of rules) {
    const error = refusalOf(() => check(facts));
    const changeableBy = changers(name);
    if (!error) {
      answers.push({ rule: name, verdict: 'passed', reason: passedReason(name, scene), changeableBy });
      continue;
    }
    const { code } = error;
    const earlier = settledBy.get(code) ?? (ABOUT_ABLE.has(name) ? settledBy.get('GATEWAY_OFFLINE') : undefined);
    if (earlier !== undefined) {
      answers.push({
        rule: name,
        verdict: 'unknown',
        reason: `Cannot be told before “${earlier}” is settled.`,
        changeableBy,
      });
      continue;
    }
    settledBy.set(code, name);
    const isUnknown = error.status === 503 && error.retryable && !ABOUT_MEMBERS.has(code);
    answers.push({
      rule: name,
      verdict: isUnknown ? 'unknown' : 'refused',
      code,
      reason: isUnknown ? error.message : refusedReason(name, scene),
      remedy: CATALOGUE[code].remedy,
      changeableBy,
    });
  }
  return answers;
}

function refusalOf(check: () => void): DomainError | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
}
