import { describe, expect, it } from 'vitest';
import { DEFAULT_PORTS, placesOf, readPort } from './relay-place.js';

describe('the ways to a relay', () => {
  const said = (places: ReturnType<typeof placesOf>) => places.map(({ host, port, transport }) => `${transport} ${host}:${port}`); // prettier-ignore

  it('are WebSockets on 443, then AMQP over TLS on the ports of the brief, in its order', () => {
    expect(said(placesOf('ns.example', DEFAULT_PORTS))).toEqual([
      'websockets ns.example:443',
      ...[5671, 5672, 9350, 9351, 9352, 9353, 9354].map((port) => `amqp ns.example:${port}`),
    ]);
  });

  it('are on the endpoint’s own port alone, when its address names one', () => {
    expect(said(placesOf('ns.example:7000', DEFAULT_PORTS))).toEqual([
      'websockets ns.example:7000',
      'amqp ns.example:7000',
    ]);
    expect(said(placesOf('[::1]:7000', DEFAULT_PORTS))[0]).toBe('websockets ::1:7000');
  });

  it('are only those of the transport that is wanted', () => {
    expect(said(placesOf('ns.example', DEFAULT_PORTS, 'websockets'))).toEqual(['websockets ns.example:443']);
    expect(placesOf('ns.example', DEFAULT_PORTS, 'amqp')).toHaveLength(7);
  });

  it('can be named with a transport that is not the usual one', () => {
    expect(readPort('8443/websockets')).toEqual({ port: 8443, transport: 'websockets' });
    expect(readPort('443/amqp')).toEqual({ port: 443, transport: 'amqp' });
    expect(readPort(9350)).toEqual({ port: 9350, transport: 'amqp' });
    for (const wrong of ['', '0', '65536', '443/http', 'x', '-1', '1e3', ' 443'])
      expect(readPort(wrong)).toBeUndefined();
  });
});
