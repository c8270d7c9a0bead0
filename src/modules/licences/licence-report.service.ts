import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { DomainError } from '../../common/errors/domain-error.js';
import type { Page, PageQuery } from '../../common/page.js';
import { PrincipalsService } from '../identity/principals.service.js';
import { LicencesService } from './licences.service.js';
import type { JudgedPlan, LicensedUser, UserVerdict } from './licences.types.js';

/** Questions to the directory at the same time for one report. Graph lets an application ask thousands in ten seconds. */
const PARALLEL = 8;

/** What somebody's licences come to, and the plans one by one. */
export interface UserLicences extends UserVerdict {
  readonly plans: readonly JudgedPlan[];
}

/** Tells administrators, and everybody of themselves, whose licences include the gateway. */
@Injectable()
export class LicenceReportService {
  constructor(
    private readonly licences: LicencesService,
    private readonly principals: PrincipalsService,
  ) {}

  /**
   * One person again, asked of the directory now: what was bought a moment ago counts from here on.
   *
   * @throws DomainError as `ofUser`
   */
  async lookUpAgain(caller: Caller, idOrUpn: string): Promise<UserLicences> {
    const { user } = await this.ofUser(caller, idOrUpn);
    await this.licences.lookUpAgain(caller.tenantId, user.id);
    return this.ofUser(caller, user.id);
  }

  /**
   * One person, by object id or user principal name.
   *
   * @throws DomainError NOT_ADMINISTRATOR for somebody else's, whether there is such a person or not; PRINCIPAL_NOT_FOUND,
   *   IDENTITY_UNAVAILABLE, LICENCE_UNAVAILABLE
   */
  async ofUser(caller: Caller, idOrUpn: string): Promise<UserLicences> {
    const wanted = idOrUpn.toLowerCase();
    const isSelf = wanted === caller.id || wanted === caller.upn?.toLowerCase();
    if (!isSelf && !caller.isTenantAdministrator) throw new DomainError('NOT_ADMINISTRATOR');
    const { tenantId } = caller;
    const found = await this.principals.findByIdOrUpn(tenantId, isSelf ? caller.id : idOrUpn);
    if (!found || found.type === 'Group') throw new DomainError('PRINCIPAL_NOT_FOUND', { principal: idOrUpn });
    const verdict = await this.licences.verdictFor(tenantId, { id: found.id, type: found.type });
    const plans = found.type === 'User' ? await this.licences.judgedPlans(tenantId, found.id) : [];
    return { user: toUser(found), ...verdict, plans };
  }

  /**
   * All people known in the tenant, in order of id. A filtered page may be short, even empty, with more to come.
   *
   * @throws DomainError NOT_ADMINISTRATOR, VALIDATION_FAILED, LICENCE_UNAVAILABLE
   */
  async list(
    caller: Caller,
    page: PageQuery & { readonly isEligible?: boolean | undefined },
  ): Promise<Page<UserVerdict>> {
    if (!caller.isTenantAdministrator) throw new DomainError('NOT_ADMINISTRATOR');
    const { value, ...next } = await this.principals.listUsers(caller.tenantId, page);
    const judged = await this.verdictsOf(caller.tenantId, value.map(toUser));
    const wanted = judged.filter(({ isEligible }) => page.isEligible === undefined || isEligible === page.isEligible);
    return { value: wanted, ...next };
  }

  /** Verdicts of many people, in their order. @throws DomainError LICENCE_UNAVAILABLE when one cannot be had */
  async verdictsOf(tenantId: string, users: readonly LicensedUser[]): Promise<UserVerdict[]> {
    const verdicts: UserVerdict[] = [];
    const queue = users.entries();
    let isFailed = false;
    const work = async () => {
      for (const [at, user] of queue) {
        // Nobody waits for the rest of a list that will not be shown.
        if (isFailed) return;
        try {
          const verdict = await this.licences.verdictFor(tenantId, { id: user.id, type: 'User' });
          verdicts[at] = { user, ...verdict };
        } catch (error) {
          isFailed = true;
          throw error;
        }
      }
    };
    await Promise.all(Array.from({ length: PARALLEL }, work));
    return verdicts;
  }
}

function toUser({ id, upn, displayName }: { id: string; upn: string | null; displayName: string }): LicensedUser {
  return { id, upn: upn ?? undefined, displayName };
}
