import { Injectable } from '@nestjs/common';
import { BoundedCache } from '../../common/bounded-cache.js';
import { ReplicaIdentity } from '../../common/keys/replica-identity.js';
import { AppConfig } from '../../config/env.js';
import { DIRECTIVE_TYP, type Directive } from '../../contract/directive.js';
import type { HeartbeatResponse } from '../../contract/membership.js';

/** How long a directive holds. Its member gets another long before. */
const DIRECTIVE_SECONDS = 15 * 60;

/** A directive is made anew after this; that nothing is wanted is believed until the revision says otherwise. */
const KEEP_MS = 5 * 60_000;
const KEEP_NOTHING_MS = 30 * 60_000;
const MAX_MEMBERS = 20_000;

/** A member of which something may be wanted. */
export interface DirectedMember {
  readonly id: string;
  readonly tenantId: string;
  readonly gatewayId: string;
}

/** What the member's own rows want of it. */
export interface StandingOrders {
  readonly revision: number;
  readonly drainDeadline: Date | null;
  readonly cpuThreshold: number;
  readonly memoryThreshold: number;
}

type Signed = HeartbeatResponse['directive'];
type Contributed = Pick<Directive, 'rotation' | 'update' | 'diagnosis' | 'logTail'>;
type Source<Name extends keyof Contributed> = (member: DirectedMember) => Promise<Contributed[Name]>;

/**
 * Says what is wanted of a member, signed. It rides on every heartbeat, so it is made once for each revision and kept:
 * whoever contributes raises the member's revision when their part changes.
 */
@Injectable()
export class DirectivesService {
  private readonly sources = new Map<keyof Contributed, Source<keyof Contributed>>();
  private readonly known = new BoundedCache<string, Promise<Signed>>(MAX_MEMBERS, KEEP_NOTHING_MS);

  constructor(
    private readonly config: AppConfig,
    private readonly identity: ReplicaIdentity,
  ) {}

  /** Names who knows one part of what is wanted. Called once, at the start. */
  contribute<Name extends keyof Contributed>(name: Name, source: Source<Name>): void {
    this.sources.set(name, source);
  }

  /** @returns undefined when nothing is wanted */
  of(member: DirectedMember, orders: StandingOrders): Promise<Signed> {
    const { revision, drainDeadline, cpuThreshold, memoryThreshold } = orders;
    const hasOrders = drainDeadline !== null || cpuThreshold > 0 || memoryThreshold > 0;
    // Nothing was ever wanted of it: most members, most of the time.
    if (revision === 0 && !hasOrders) return Promise.resolve(undefined);
    // Members follow a new root with its first certificate, and believe nothing that an older one certified.
    const { generation } = this.identity.root();
    const name = [member.id, generation, revision, drainDeadline?.getTime(), cpuThreshold, memoryThreshold].join(' ');
    const known = this.known.get(name);
    if (known) return known;
    const making = this.make(member, orders);
    this.known.set(name, making, KEEP_MS);
    making.then(
      (directive) => directive ?? this.known.set(name, making),
      () => this.known.delete(name),
    );
    return making;
  }

  private async make(member: DirectedMember, orders: StandingOrders): Promise<Signed> {
    const { revision, drainDeadline, cpuThreshold, memoryThreshold } = orders;
    const [rotation, update, diagnosis, logTail] = await Promise.all([
      this.ask('rotation', member),
      this.ask('update', member),
      this.ask('diagnosis', member),
      this.ask('logTail', member),
    ]);
    const wanted: Partial<Directive> = {
      ...(drainDeadline && { drain: { deadline: drainDeadline.toISOString() } }),
      ...((cpuThreshold > 0 || memoryThreshold > 0) && {
        thresholds: { cpuPercent: cpuThreshold, memoryPercent: memoryThreshold },
      }),
      ...(rotation && { rotation }),
      ...(update && { update }),
      ...(diagnosis && { diagnosis }),
      ...(logTail && { logTail }),
    };
    if (Object.keys(wanted).length === 0) return undefined;
    const iat = Math.floor(Date.now() / 1000);
    const directive: Directive = {
      iss: this.config.issuer,
      iat,
      exp: iat + DIRECTIVE_SECONDS,
      gatewayId: member.gatewayId,
      memberId: member.id,
      revision,
      ...wanted,
    };
    return { jws: await this.identity.sign(DIRECTIVE_TYP, directive), certificate: this.identity.certificate() };
  }

  private async ask<Name extends keyof Contributed>(name: Name, member: DirectedMember): Promise<Contributed[Name]> {
    const source = this.sources.get(name) as Source<Name> | undefined;
    return source?.(member);
  }
}
