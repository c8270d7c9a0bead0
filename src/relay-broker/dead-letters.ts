import type { Logger } from '@nestjs/common';
import type { ServiceBusClient, ServiceBusReceiver } from '@azure/service-bus';

const BATCH = 100;

/** Dead letters are there already or not at all: nothing is worth waiting for. */
const WAIT_MS = 500;

/**
 * Empties the dead-letter queues of these queues. Of each message id, reason and size are logged; its content is sealed
 * and concerns nobody.
 *
 * @returns how many there were
 */
export async function drainDeadLetters(
  client: ServiceBusClient,
  queues: readonly string[],
  log: Logger,
): Promise<number> {
  let count = 0;
  for (const queue of queues) {
    const receiver = client.createReceiver(queue, {
      subQueueType: 'deadLetter',
      receiveMode: 'receiveAndDelete',
      skipParsingBodyAsJson: true,
    });
    try {
      count += await drain(receiver, queue, log);
    } finally {
      await receiver.close();
    }
  }
  return count;
}

async function drain(receiver: ServiceBusReceiver, queue: string, log: Logger): Promise<number> {
  let count = 0;
  for (;;) {
    const messages = await receiver.receiveMessages(BATCH, { maxWaitTimeInMs: WAIT_MS });
    if (messages.length === 0) return count;
    count += messages.length;
    for (const { messageId, deadLetterReason, body } of messages) {
      const bytes = Buffer.isBuffer(body) ? body.length : undefined;
      log.warn({ event: 'dead-letter', queue, messageId, reason: deadLetterReason?.slice(0, 100), bytes });
    }
  }
}
