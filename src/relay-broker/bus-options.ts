import { RetryMode, type ServiceBusClientOptions } from '@azure/service-bus';
import WebSocket from 'ws';

/**
 * A lost link is found again by the client itself: soon at first, every two seconds later. A send that got no answer in
 * five seconds is tried once more; agents know repeated messages by their id.
 */
const RETRY = {
  mode: RetryMode.Exponential,
  maxRetries: 1,
  retryDelayInMs: 200,
  maxRetryDelayInMs: 2_000,
  timeoutInMs: 5_000,
};

/** Options of every client of the control plane. A fresh object each time: the client writes into its options. */
export function clientOptions(transport: 'amqp' | 'websockets'): ServiceBusClientOptions {
  return {
    retryOptions: { ...RETRY },
    ...(transport === 'websockets' ? { webSocketOptions: { webSocket: WebSocket } } : {}),
  };
}
