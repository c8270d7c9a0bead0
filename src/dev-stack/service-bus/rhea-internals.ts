import rhea from 'rhea';

/**
 * The part of rhea 3.0.5 that the stand-in leans on, typed by hand: its own declarations describe the client role,
 * and a server has to hold back attach answers, keep raw bytes raw and see settlement, all of which lie below them.
 * Everything that depends on rhea's inside is named here; the integration test fails when one of these names moves.
 */
export interface AmqpError {
  readonly condition: string;
  readonly description: string;
}

/** A described outcome as the peer sent it. */
export interface Outcome {
  readonly error?: { readonly condition?: string; readonly info?: Record<string, unknown> } | null;
  readonly undeliverable_here?: boolean | null;
  readonly message_annotations?: Record<string, unknown> | null;
}

export interface Delivery {
  readonly id: number;
  readonly tag: Buffer;
  readonly format: number | null;
  remote_settled: boolean;
  readonly remote_state?: Outcome;
  settled: boolean;
  update(settled: boolean, state: unknown): void;
  accept(): void;
  reject(error: AmqpError): void;
}

export interface Terminus {
  readonly address?: string | null;
  readonly filter?: Record<string, unknown> | null;
}

export interface AttachFields {
  snd_settle_mode?: number;
  rcv_settle_mode?: number;
  max_message_size?: number;
  properties?: Record<string, unknown>;
}

export interface Link {
  readonly name: string;
  readonly session: Session;
  readonly connection: Connection;
  readonly source?: Terminus | null;
  readonly target?: Terminus | null;
  readonly snd_settle_mode: number;
  readonly rcv_settle_mode: number;
  readonly properties?: Record<string, unknown> | null;
  readonly local: { readonly attach: AttachFields };
  readonly state: { local_open: boolean; open_requests: number };
  credit: number;
  delivery_count: number;
  set_source(fields: Record<string, unknown>): void;
  set_target(fields: Record<string, unknown>): void;
  open(): void;
  close(error?: AmqpError): void;
  is_open(): boolean;
  is_receiver(): boolean;
  on(event: string, listener: (context: Context) => void): this;
}

export interface Sender extends Link {
  issue_flow: boolean;
  _draining: boolean;
  _get_drain(): boolean;
  send(message: unknown, tag?: Buffer, format?: number): Delivery;
}

export interface Receiver extends Link {
  _incomplete?: unknown;
  add_credit(credit: number): void;
}

export interface TransferFrame {
  readonly performative: { handle: number; message_format: number | null; delivery_id: number | null };
  payload?: Buffer;
}

export interface Session {
  readonly outgoing: { available(): number };
  readonly remote: { readonly handles: Record<number, Link | undefined> };
  on_transfer(frame: TransferFrame): void;
  on_disposition(frame: { readonly performative: { first: number; last: number | null } }): void;
}

export interface Connection {
  readonly socket: { readonly writableLength: number };
  readonly transport: { peek_size(buffer: Buffer): number | undefined };
  accept(socket: unknown): void;
  close(error?: AmqpError): void;
  on(event: string, listener: (context: Context) => void): this;
  _process(): void;
  _register(): void;
  _disconnected(error?: unknown): void;
}

export interface Context {
  readonly connection: Connection;
  readonly session?: Session;
  readonly sender?: Sender;
  readonly receiver?: Receiver;
  readonly delivery?: Delivery;
  readonly message?: unknown;
}

/** A message that rhea decoded: only used on `$cbs` and `$management`. */
export interface RequestMessage {
  readonly message_id?: unknown;
  readonly reply_to?: string;
  readonly application_properties?: Record<string, unknown>;
  readonly body?: unknown;
}

/** An AMQP value with its wire type. */
export interface Typed {
  readonly value: unknown;
}

interface Library {
  create_container(options: Record<string, unknown>): {
    create_connection(options: Record<string, unknown>): Connection;
  };
  readonly message: {
    accepted(): { described(): unknown };
    rejected(fields: { error: AmqpError }): { described(): unknown };
    decode(raw: Buffer): RequestMessage;
  };
  readonly types: {
    wrap(value: unknown): Typed;
    wrap_int(value: number): Typed;
    wrap_long(value: number | Buffer): Typed;
    wrap_timestamp(value: number): Typed;
    wrap_uuid(value: Buffer): Typed;
    wrap_binary(value: Buffer): Typed;
    wrap_array(values: readonly unknown[], typecode: number): Typed;
    Long(value: number): Typed;
    Writer: new () => { write(value: Typed): void; toBuffer(): Buffer };
  };
}

export const amqp = rhea as unknown as Library;

/** Encodes one value as it stands on the wire, constructor byte included. */
export function encodeValue(value: unknown): Buffer {
  const writer = new amqp.types.Writer();
  writer.write(amqp.types.wrap(value));
  return Buffer.from(writer.toBuffer());
}
