import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Changes } from '../../common/prisma/changes.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import type { PrincipalState } from '../../generated/prisma/client.js';
import type { PrincipalType } from './principal.types.js';

/** What is kept of a principal, from a token or from the directory. */
export interface PrincipalFacts {
  readonly id: string;
  readonly tenantId: string;
  readonly type: PrincipalType;
  readonly upn: string | undefined;
  readonly displayName: string;
  readonly appId: string | undefined;
}

/** Writes the table of principals. */
@Injectable()
export class PrincipalStore {
  constructor(
    private readonly prisma: PrismaService,
    private readonly changes: Changes,
  ) {}

  /** Somebody who was here; what the directory said of them stays. */
  async storeSeen(facts: PrincipalFacts): Promise<void> {
    const { id, tenantId, type } = facts;
    const data = { ...namesOf(facts), lastSeenAt: new Date() };
    await this.prisma.principal.upsert({
      where: { tenantId_id: { tenantId, id } },
      create: { id, tenantId, type, ...data },
      update: data,
      select: { id: true },
    });
  }

  /** What the directory just told. The first mention of a group changes under which ids its people hold roles. */
  async storeFound(facts: PrincipalFacts, state: PrincipalState): Promise<void> {
    const { id, tenantId, type } = facts;
    const now = new Date();
    const data = { ...namesOf(facts), state, checkedAt: now };
    await this.prisma.$transaction(async (tx) => {
      await tx.principal.upsert({
        where: { tenantId_id: { tenantId, id } },
        create: { id, tenantId, type, lastSeenAt: now, ...data },
        update: data,
        select: { id: true },
      });
      if (type === 'Group') await this.changes.publish(tx, 'principal', tenantId);
    });
  }

  /** Keeps what the directory said of many, with one statement. */
  async storeStates(tenantId: string, states: ReadonlyMap<string, PrincipalState>): Promise<void> {
    const [ids, names] = [[...states.keys()], [...states.values()]];
    await this.prisma.$executeRaw`
      UPDATE principal
      SET state = told.state::principal_state, "checkedAt" = ${new Date()}
      FROM unnest(${ids}::uuid[], ${names}::text[]) AS told(id, state)
      WHERE principal."tenantId" = ${tenantId}::uuid AND principal.id = told.id`;
  }
}

function namesOf({ upn, displayName, appId }: PrincipalFacts) {
  return { upn: upn ?? null, displayName, appId: z.guid().safeParse(appId).data ?? null };
}
