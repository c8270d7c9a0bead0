import '../not-in-production.js';
import {
  CONTROL_PLANE_CLIENT_ID,
  CONTROL_PLANE_OBJECT_IDS,
  GROUPS,
  SERVICE_PRINCIPALS,
  TENANTS,
  USERS,
  type SeedProduct,
} from '../seed-data.js';

/** What can become of somebody. */
export type GraphState = 'Active' | 'Disabled' | 'Gone';

export interface GraphObject {
  readonly kind: 'user' | 'servicePrincipal' | 'group';
  readonly tenantId: string;
  readonly id: string;
  readonly displayName: string;
  readonly userPrincipalName?: string;
  readonly appId?: string;
  readonly accountEnabled?: boolean;
}

/** The seeded people, service principals and groups, and what tests made of them since. */
export class GraphObjects {
  private readonly objects = new Map(seeded().map((object) => [object.id, object]));
  private readonly members = new Map<string, readonly string[]>(
    GROUPS.map(({ objectId, members }) => [objectId, members]),
  );
  private readonly products = new Map<string, readonly SeedProduct[]>(
    USERS.map(({ objectId, products }) => [objectId, products]),
  );
  private readonly states = new Map<string, GraphState>();

  add(object: GraphObject): void {
    this.objects.set(object.id, object);
  }

  setState(id: string, state: GraphState): void {
    this.states.set(id, state);
  }

  setProducts(userId: string, products: readonly SeedProduct[]): void {
    this.products.set(userId, products);
  }

  setMembers(groupId: string, members: readonly string[]): void {
    this.members.set(groupId, members);
  }

  productsOf(userId: string): readonly SeedProduct[] {
    return this.products.get(userId) ?? [];
  }

  /** By object id, and users by user principal name too, like Graph. */
  find(tenantId: string, id: string, kind?: GraphObject['kind']): GraphObject | undefined {
    const wanted = id.toLowerCase();
    const found =
      this.objects.get(wanted) ?? [...this.objects.values()].find((object) => object.userPrincipalName === wanted);
    if (found?.tenantId !== tenantId || (kind !== undefined && found.kind !== kind)) return undefined;
    const state = this.states.get(found.id) ?? 'Active';
    if (state === 'Gone') return undefined;
    return found.kind === 'group' ? found : { ...found, accountEnabled: state === 'Active' };
  }

  /** Those with a word of their name, or their user principal name, that begins so; by name. */
  search(tenantId: string, kind: GraphObject['kind'], text: string): GraphObject[] {
    const wanted = text.toLowerCase();
    const begins = ({ displayName, userPrincipalName }: GraphObject) =>
      ` ${displayName} ${userPrincipalName ?? ''}`.toLowerCase().includes(` ${wanted}`);
    return [...this.objects.values()]
      .filter((object) => object.kind === kind && begins(object))
      .flatMap(({ id }) => this.find(tenantId, id, kind) ?? [])
      .sort((a, b) => (a.displayName < b.displayName ? -1 : 1));
  }

  /** Ids of the groups that hold somebody, nested ones included. */
  groupsOf(tenantId: string, id: string): string[] {
    const found = new Set<string>();
    const look = (member: string) => {
      for (const [group, members] of this.members) {
        if (!members.includes(member) || found.has(group) || !this.find(tenantId, group)) continue;
        found.add(group);
        look(group);
      }
    };
    look(id);
    return [...found];
  }

  /** People in a group, those of nested groups included. */
  peopleIn(tenantId: string, groupId: string): GraphObject[] {
    const groups = new Set([groupId]);
    const people = new Map<string, GraphObject>();
    for (const group of groups) {
      for (const id of this.members.get(group) ?? []) {
        const member = this.find(tenantId, id);
        if (member?.kind === 'group') groups.add(id);
        if (member?.kind === 'user') people.set(id, member);
      }
    }
    return [...people.values()];
  }
}

function seeded(): GraphObject[] {
  const tenantIds = new Map(TENANTS.map(({ name, id }) => [name, id]));
  const idOf = (name: (typeof TENANTS)[number]['name']) => tenantIds.get(name) ?? '';
  return [
    ...USERS.map(({ tenant, objectId: id, displayName, username: userPrincipalName }) => ({
      kind: 'user' as const,
      tenantId: idOf(tenant),
      id,
      displayName,
      userPrincipalName,
    })),
    ...SERVICE_PRINCIPALS.map(({ tenant, objectId: id, displayName, clientId: appId }) => ({
      kind: 'servicePrincipal' as const,
      tenantId: idOf(tenant),
      id,
      displayName,
      appId,
    })),
    ...TENANTS.map(({ name, id: tenantId }) => ({
      kind: 'servicePrincipal' as const,
      tenantId,
      id: CONTROL_PLANE_OBJECT_IDS[name],
      displayName: 'Tidegate control plane',
      appId: CONTROL_PLANE_CLIENT_ID,
    })),
    ...GROUPS.map(({ tenant, objectId: id, displayName }) => ({
      kind: 'group' as const,
      tenantId: idOf(tenant),
      id,
      displayName,
    })),
  ];
}
