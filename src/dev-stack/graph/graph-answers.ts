import '../not-in-production.js';
import { z } from 'zod';
import type { JsonReply } from '../json-reply.js';
import type { GraphObject, GraphObjects } from './graph-objects.js';
import { collection, entity, failure, notFound } from './graph-replies.js';

const KINDS: Readonly<Record<string, GraphObject['kind']>> = {
  users: 'user',
  servicePrincipals: 'servicePrincipal',
  groups: 'group',
};

const memberGroupsSchema = z.object({ securityEnabledOnly: z.boolean() });
const byIdsSchema = z.object({ ids: z.array(z.guid()).min(1).max(1_000), types: z.array(z.string()).optional() });

/** A request whose caller may ask. */
export interface GraphQuestion {
  /** Whose directory is asked. */
  readonly tenantId: string;
  readonly method: string;
  readonly address: URL;
  readonly consistencyLevel: unknown;
  readonly body: string;
  /** Most entries of one page. */
  readonly maxPage: number;
}

/** Answers in the shapes of Microsoft Graph v1.0. */
export class GraphAnswers {
  constructor(private readonly objects: GraphObjects) {}

  to(question: GraphQuestion): JsonReply {
    const [version, kinds = '', named, ...rest] = question.address.pathname.split('/').slice(1).map(decode);
    const unknown = failure(400, 'BadRequest', 'The stand-in does not serve this request.');
    if (version !== 'v1.0') return unknown;
    // What cannot be decoded is an empty name, and still a name.
    const id = named ?? '';
    switch (`${question.method} ${[kinds, ...rest].join('/')}`) {
      case 'GET users':
      case 'GET servicePrincipals':
      case 'GET groups':
        return named === undefined ? this.search(question, kinds) : this.describe(question, id, kinds);
      case 'GET users/licenseDetails':
        return this.licences(question, id);
      case 'POST users/getMemberGroups':
      case 'POST servicePrincipals/getMemberGroups':
        return this.memberGroups(question, id, kinds);
      case 'GET groups/transitiveMembers/microsoft.graph.user':
        return this.people(question, id);
      case 'POST directoryObjects':
        return id === 'getByIds' ? this.byIds(question) : unknown;
      default:
        return unknown;
    }
  }

  private describe({ tenantId, address }: GraphQuestion, id: string, kinds: string): JsonReply {
    const found = this.objects.find(tenantId, id, KINDS[kinds]);
    return found ? entity(`${kinds}/$entity`, select(found, address)) : notFound(id);
  }

  /** Graph refuses a search without the header, and one whose clauses are not in quotes. */
  private search({ tenantId, address, consistencyLevel, maxPage }: GraphQuestion, kinds: string): JsonReply {
    const wanted = searchedFor(address.searchParams.get('$search') ?? '');
    if (consistencyLevel !== 'eventual') {
      return failure(
        400,
        'Request_UnsupportedQuery',
        'Request with $search query parameter only works with ConsistencyLevel.',
      );
    }
    const kind = KINDS[kinds];
    if (wanted === undefined || kind === undefined) return invalid('$search');
    const found = this.objects.search(tenantId, kind, wanted).map((object) => select(object, address));
    return collection(kinds, found, address, maxPage);
  }

  private licences({ tenantId, address, maxPage }: GraphQuestion, id: string): JsonReply {
    const user = this.objects.find(tenantId, id, 'user');
    if (!user) return notFound(id);
    const value = this.objects.productsOf(user.id).map(({ skuId, skuPartNumber, servicePlans }) => ({
      id: Buffer.from(`${user.id}${skuId}`.replaceAll('-', ''), 'hex').toString('base64url'),
      skuId,
      skuPartNumber,
      servicePlans: servicePlans.map((plan) => ({ provisioningStatus: 'Success', appliesTo: 'User', ...plan })),
    }));
    return collection(`users('${user.id}')/licenseDetails`, value, address, maxPage);
  }

  private memberGroups({ tenantId, body }: GraphQuestion, id: string, kinds: string): JsonReply {
    const member = this.objects.find(tenantId, id, KINDS[kinds]);
    if (!member) return notFound(id);
    if (!memberGroupsSchema.safeParse(readJson(body)).success) return invalid('securityEnabledOnly');
    return entity('Collection(Edm.String)', { value: this.objects.groupsOf(tenantId, member.id) });
  }

  /** The cast to users is an advanced query, which Graph refuses without both of its marks. */
  private people({ tenantId, address, consistencyLevel, maxPage }: GraphQuestion, id: string): JsonReply {
    if (consistencyLevel !== 'eventual' || address.searchParams.get('$count') !== 'true') {
      return failure(400, 'Request_UnsupportedQuery', 'The request needs ConsistencyLevel and $count.');
    }
    const group = this.objects.find(tenantId, id, 'group');
    if (!group) return notFound(id);
    const people = this.objects.peopleIn(tenantId, group.id).map((person) => select(person, address));
    return collection('users', people, address, maxPage);
  }

  private byIds({ tenantId, address, body }: GraphQuestion): JsonReply {
    const wanted = byIdsSchema.safeParse(readJson(body));
    if (!wanted.success) return invalid('ids');
    const { ids, types } = wanted.data;
    const value = ids
      .map((id) => this.objects.find(tenantId, id))
      .filter((found) => found !== undefined && (types === undefined || types.includes(found.kind)))
      .map((found) => found && { '@odata.type': `#microsoft.graph.${found.kind}`, ...select(found, address) });
    return entity('directoryObjects', { value });
  }
}

/** Default properties of each kind do not tell whether somebody may sign in: that has to be selected. */
function select(object: GraphObject, address: URL): Record<string, unknown> {
  const { kind, id, displayName, userPrincipalName, appId, accountEnabled } = object;
  const all = { id, displayName, userPrincipalName, appId, accountEnabled };
  const defaults = kind === 'servicePrincipal' ? Object.keys(all) : ['id', 'displayName', 'userPrincipalName', 'appId'];
  const wanted = address.searchParams.get('$select')?.split(',') ?? defaults;
  return Object.fromEntries(Object.entries(all).filter(([name]) => wanted.includes(name)));
}

/** The words of `"displayName:words" OR "mail:words"`, which are the same in each clause here. */
function searchedFor(text: string): string | undefined {
  const clause = String.raw`"(?:displayName|userPrincipalName|mail):((?:[^"\\]|\\.)+)"`;
  const whole = new RegExp(`^${clause}(?: OR ${clause})*$`).exec(text);
  return whole?.[1]?.replace(/\\(.)/g, '$1');
}

function invalid(property: string): JsonReply {
  return failure(400, 'Request_BadRequest', `Invalid value specified for property '${property}'.`);
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** A path segment that is no valid encoding names nothing. */
function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch (error) {
    if (error instanceof URIError) return '';
    throw error;
  }
}
