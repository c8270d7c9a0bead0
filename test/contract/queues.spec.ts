import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gatewayPrefix, memberQueue, REPLY_PREFIX, replyQueue, workQueue } from '../../src/contract/queues.js';

const place = fc.record({
  gatewayId: fc.uuid(),
  epoch: fc.integer({ min: 1, max: 0xff_ff_ff_ff }),
  memberId: fc.uuid(),
});
type Place = typeof place extends fc.Arbitrary<infer T> ? T : never;

/** Two places that differ in gateway or epoch, among them neighbours whose epochs share their first digits. */
const neighbours = fc
  .tuple(place, place, fc.boolean())
  .map(([a, b, sameGateway]): [Place, Place] => [a, sameGateway ? { ...b, gatewayId: a.gatewayId } : b])
  .filter(([a, b]) => a.gatewayId !== b.gatewayId || a.epoch !== b.epoch);

const queuesOf = ({ gatewayId, epoch, memberId }: Place): string[] => [
  workQueue(gatewayId, epoch),
  memberQueue(gatewayId, epoch, memberId),
];

describe('names on the bus', () => {
  it('never let the prefix of one gateway or epoch cover another, not even as plain text', () => {
    fc.assert(
      fc.property(neighbours, ([a, b]) => {
        const prefix = gatewayPrefix(a.gatewayId, a.epoch);
        expect(queuesOf(a).every((queue) => queue.startsWith(`${prefix}/`))).toBe(true);
        expect(queuesOf(b).some((queue) => queue.startsWith(prefix))).toBe(false);
      }),
      {
        examples: [
          [
            [
              { gatewayId: 'a', epoch: 1, memberId: 'm' },
              { gatewayId: 'a', epoch: 16, memberId: 'm' },
            ],
          ],
        ],
      },
    );
  });

  it('never let the name of one queue begin the name of another', () => {
    fc.assert(
      fc.property(neighbours, fc.uuid(), ([a, b], other) => {
        const queues = [...queuesOf(a), memberQueue(a.gatewayId, a.epoch, other), ...queuesOf(b)];
        for (const queue of queues) expect(queues.filter((each) => each.startsWith(queue))).toEqual([queue]);
      }),
    );
  });

  it('keep answers and work apart', () => {
    fc.assert(
      fc.property(place, ({ gatewayId, epoch, memberId }) => {
        const reply = replyQueue('c1', epoch, memberId);
        expect(reply.startsWith(`${REPLY_PREFIX}/`)).toBe(true);
        expect(reply.startsWith(gatewayPrefix(gatewayId, epoch))).toBe(false);
        expect(workQueue(gatewayId, epoch).startsWith(REPLY_PREFIX)).toBe(false);
      }),
    );
  });

  it('are lower case, of fixed width and short enough for the bus', () => {
    fc.assert(
      fc.property(place, (each) => {
        const queues = queuesOf(each);
        expect(queues.map((queue) => queue.length)).toEqual([53, 87]);
        for (const queue of queues) expect(queue).toMatch(/^[a-z0-9/-]{1,260}$/);
      }),
    );
  });
});
