import { lookup } from 'node:dns/promises';
import type { Socket } from 'node:net';
import { CONNECT_TIMEOUT_MS, openSocket, unreachable, type Egress, type EgressCall, type EgressPlace } from '../connectors/egress.js'; // prettier-ignore
import { SourceError } from '../connectors/source-error.js';
import { readAddress } from './address.js';
import { readHost } from './host-name.js';
import type { Policy } from './policy.js';
import { policyDenied } from './policy-denied.js';
import { denied, type Verdict } from './verdict.js';

/** All addresses of a name. */
export type Resolve = (name: string) => Promise<readonly string[]>;

/** Addresses of one name that are tried; names with more exist, and need no more. */
const MAX_ADDRESSES = 16;

export interface PolicyEgressSettings {
  readonly policy: () => Policy;
  /** Told of every refusal. */
  readonly refused: (verdict: Verdict) => void;
  readonly resolve?: Resolve;
}

interface OpenSocket {
  readonly place: EgressPlace;
  readonly socket: Socket;
}

/**
 * The door to data sources with the operator's policy in it. A name is resolved once; those of its addresses that are
 * allowed are connected to and no others, so a name that answers differently the next time changes nothing.
 */
export class PolicyEgress implements Egress {
  private readonly sockets = new Set<OpenSocket>();
  private readonly ask: Resolve;

  constructor(private readonly settings: PolicyEgressSettings) {
    this.ask = settings.resolve ?? systemResolve;
  }

  async resolve(place: EgressPlace): Promise<string> {
    const [address] = await this.addressesOf(place, AbortSignal.timeout(CONNECT_TIMEOUT_MS));
    return address;
  }

  async connect(call: EgressCall): Promise<Socket> {
    const { host, port, signal, timeoutMs = CONNECT_TIMEOUT_MS } = call;
    const startedAt = performance.now();
    const stop = AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])]);
    const addresses = await this.addressesOf({ host, port }, stop, signal);
    const leftMs = Math.max(1, Math.round(timeoutMs - (performance.now() - startedAt)));
    const socket = await openSocket({ ...call, timeoutMs: leftMs, addresses });
    const open = { place: { host, port }, socket };
    this.sockets.add(open);
    socket.once('close', () => this.sockets.delete(open));
    // The policy may have changed while the connection was made.
    const verdict = this.verdictOf(open);
    if (verdict.isAllowed) return socket;
    this.cut(open);
    throw this.refuse(verdict);
  }

  /** Ends the connections that the policy of now would not allow. */
  recheck(): void {
    for (const open of this.sockets) if (!this.verdictOf(open).isAllowed) this.cut(open);
  }

  /** At least one. @throws SourceError POLICY_DENIED, SOURCE_UNREACHABLE, REQUEST_CANCELLED */
  private async addressesOf(
    place: EgressPlace,
    stop: AbortSignal,
    caller?: AbortSignal,
  ): Promise<readonly [string, ...string[]]> {
    const { hosts } = this.settings.policy();
    const host = readHost(place.host);
    if (!host) throw this.refuse(denied('hosts', `${JSON.stringify(place.host)} is neither a name nor an address`));
    if (host.kind === 'address') {
      const verdict = hosts.aboutAddress(host.address, undefined, place.port);
      if (!verdict.isAllowed) throw this.refuse(verdict);
      return [host.address.text];
    }
    const byName = hosts.aboutName(host.name, place.port);
    if (!byName.isAllowed) throw this.refuse(byName);
    const found = await this.resolveName(host.name, place, { stop, caller });
    const kept: string[] = [];
    let refusal = denied('hosts', `${host.name} has no address that can be read`);
    for (const text of found.slice(0, MAX_ADDRESSES)) {
      const address = readAddress(text);
      if (!address) continue;
      const verdict = hosts.aboutAddress(address, host.name, place.port);
      if (verdict.isAllowed) kept.push(address.text);
      else refusal = verdict;
    }
    const [first, ...rest] = kept;
    if (first === undefined) throw this.refuse(refusal);
    return [first, ...rest];
  }

  private async resolveName(
    name: string,
    place: EgressPlace,
    { stop, caller }: { readonly stop: AbortSignal; readonly caller: AbortSignal | undefined },
  ): Promise<readonly string[]> {
    const stopped = () =>
      caller?.aborted
        ? new SourceError('REQUEST_CANCELLED', 'The request was cancelled before it ran.')
        : unreachable(place, new Error('ETIMEDOUT'));
    if (stop.aborted) throw stopped();
    let leave = (): void => undefined;
    const over = new Promise<never>((_, reject) => {
      leave = () => reject(stopped());
      stop.addEventListener('abort', leave, { once: true });
    });
    try {
      const found = await Promise.race([this.ask(name), over]);
      if (found.length === 0) throw new Error('ENOTFOUND');
      return found;
    } catch (error) {
      throw error instanceof SourceError ? error : unreachable(place, error);
    } finally {
      stop.removeEventListener('abort', leave);
    }
  }

  private verdictOf({ place, socket }: OpenSocket): Verdict {
    const host = readHost(place.host);
    const address = readAddress(socket.remoteAddress ?? '');
    if (!host || !address) return denied('hosts', 'it cannot be seen where the connection leads');
    const name = host.kind === 'name' ? host.name : undefined;
    return this.settings.policy().hosts.aboutAddress(address, name, place.port);
  }

  private cut(open: OpenSocket): void {
    this.sockets.delete(open);
    open.socket.destroy();
  }

  private refuse(verdict: Verdict): SourceError {
    this.settings.refused(verdict);
    return policyDenied(verdict);
  }
}

const systemResolve: Resolve = async (name) => (await lookup(name, { all: true })).map(({ address }) => address);
