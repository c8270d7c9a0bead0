import type { ServiceBusClient } from '@azure/service-bus';
import { SendLane, type Outgoing } from './send-lane.js';

/** A connection to Service Bus carries 255 sessions, and the client opens one for each link. */
const MAX_LANES = 200;

/** Service Bus closes a link after ten minutes without traffic; closing earlier is quieter than being closed. */
const IDLE_MS = 8 * 60_000;

/** The senders of one client, the least recently used closed when there are too many. */
export class SendLanes {
  /** In order of use, the oldest first. */
  private readonly lanes = new Map<string, SendLane>();

  constructor(
    private readonly client: Pick<ServiceBusClient, 'createSender'>,
    private readonly onCloseFailed: (error: unknown) => void,
  ) {}

  get size(): number {
    return this.lanes.size;
  }

  send(queue: string, outgoing: Outgoing): void {
    let lane = this.lanes.get(queue);
    if (lane) this.lanes.delete(queue);
    else lane = new SendLane(this.client.createSender(queue));
    this.lanes.set(queue, lane);
    lane.send(outgoing);
    if (this.lanes.size > MAX_LANES) this.closeWhere((candidate) => candidate.isIdle, 1);
  }

  /** Closes what nobody used for long. */
  sweep(now: number): void {
    this.closeWhere((lane) => lane.isIdle && now - lane.usedAt > IDLE_MS, this.lanes.size);
  }

  /** Forgets a queue that is gone: its link would be opened in vain for ever. */
  forget(queue: string): void {
    const lane = this.lanes.get(queue);
    if (lane) this.close(queue, lane);
  }

  private closeWhere(matches: (lane: SendLane) => boolean, most: number): void {
    let left = most;
    for (const [queue, lane] of this.lanes) {
      if (left === 0) return;
      if (!matches(lane)) continue;
      left -= 1;
      this.close(queue, lane);
    }
  }

  private close(queue: string, lane: SendLane): void {
    this.lanes.delete(queue);
    lane.close().catch(this.onCloseFailed);
  }
}
