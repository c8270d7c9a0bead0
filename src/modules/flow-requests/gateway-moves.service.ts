import { Injectable } from '@nestjs/common';
import { BoundedCache } from '../../common/bounded-cache.js';
import { Changes } from '../../common/prisma/changes.js';
import type { ConnectionRoute } from '../connections/connections.types.js';
import { healthyMembers, isMoving } from '../gateways/health.policy.js';

/**
 * How long a request that meets a change of epoch is held, in milliseconds. Members come over within a second, on a busy
 * machine within three.
 */
const HOLD_MS = 5_000;

/** A held request looks again this often, should no word of the change reach this replica. */
const LOOK_MS = 250;

/** Members come over within seconds; whoever has not by then is away. */
const MOVE_MS = 10_000;
const MAX_GATEWAYS = 10_000;

/** Reads a route again. */
export type RouteReading = () => Promise<ConnectionRoute>;

/** Knows when gateways change, and holds requests over the moment in which their members change epochs. */
@Injectable()
export class GatewayMovesService {
  private readonly listeners = new Map<string, Set<() => void>>();
  /** The last epoch seen of a gateway, and when it was first seen after another one. */
  private readonly epochs = new BoundedCache<string, { epoch: number; since: number }>(MAX_GATEWAYS, 60 * 60_000);

  constructor(changes: Changes) {
    changes.on('gateway', (id) => this.changed(id));
  }

  /** @returns what ends the listening */
  listen(gatewayId: string, listener: () => void): () => void {
    const listening = this.listeners.get(gatewayId) ?? new Set();
    this.listeners.set(gatewayId, listening.add(listener));
    return () => {
      listening.delete(listener);
      if (listening.size === 0 && this.listeners.get(gatewayId) === listening) this.listeners.delete(gatewayId);
    };
  }

  /** A route whose members are there, if they are about to come over. */
  async arrived(route: ConnectionRoute, read: RouteReading): Promise<ConnectionRoute> {
    const hasMoved = this.hasMoved(route);
    if (isServed(route) || !(hasMoved || isMoving(route.gateway, new Date()))) return route;
    return this.held(route, read, isServed);
  }

  /** A route that leads to another epoch or namespace than this one, whose place is gone. */
  moved(route: ConnectionRoute, read: RouteReading): Promise<ConnectionRoute> {
    const { epoch, namespace } = route.gateway;
    return this.held(route, read, (now) => {
      this.hasMoved(now);
      return (now.gateway.epoch !== epoch || now.gateway.namespace !== namespace) && isServed(now);
    });
  }

  private hasMoved({ gateway: { id, epoch } }: ConnectionRoute): boolean {
    const seen = this.epochs.get(id);
    if (seen?.epoch !== epoch) this.epochs.set(id, { epoch, since: seen === undefined ? 0 : Date.now() });
    const since = this.epochs.get(id)?.since ?? 0;
    return Date.now() - since < MOVE_MS;
  }

  private async held(
    { gateway }: ConnectionRoute,
    read: RouteReading,
    isSettled: (route: ConnectionRoute) => boolean,
  ): Promise<ConnectionRoute> {
    const deadline = Date.now() + HOLD_MS;
    for (;;) {
      const route = await read();
      const left = deadline - Date.now();
      if (left <= 0 || isSettled(route)) return route;
      await this.next(gateway.id, Math.min(left, LOOK_MS));
    }
  }

  private next(gatewayId: string, timeoutMs: number): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        stop();
        resolve();
      };
      const timer = setTimeout(end, timeoutMs);
      const stop = this.listen(gatewayId, end);
    });
  }

  private changed(id: string): void {
    const told = id === '*' ? [...this.listeners.values()] : [this.listeners.get(id) ?? []];
    for (const listening of told) for (const listener of [...listening]) listener();
  }
}

function isServed({ gateway }: ConnectionRoute): boolean {
  return healthyMembers(gateway, new Date()).length > 0;
}
