import type { AddressInfo } from 'node:net';
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import type { AuthenticatedRequest } from '../../src/common/auth/current-caller.decorator.js';
import type { Caller } from '../../src/common/auth/caller.js';
import { DomainError } from '../../src/common/errors/domain-error.js';
import { RefusalSink } from '../../src/common/errors/refusal-sink.js';
import { Authenticator } from '../../src/common/auth/authenticator.js';
import { APP_OPTIONS, configureApp } from '../../src/common/http/configure-app.js';
import { createHttpAdapter } from '../../src/common/http/server.js';
import { AppConfig } from '../../src/config/env.js';
import { OPERATIONS_BY_KIND } from '../../src/contract/capabilities.js';
import type { ReplyTrailer } from '../../src/contract/replies.js';
import { ConnectionsService } from '../../src/modules/connections/connections.service.js';
import { ConnectorApiModule } from '../../src/modules/connector-api/connector-api.module.js';
import { DispatcherService } from '../../src/modules/flow-requests/dispatcher.service.js';
import type { FlowReply, FlowRequest } from '../../src/modules/flow-requests/flow-requests.types.js';
import { testConfig } from './app.js';

export const CONNECTION = '91d0f6b8-7f52-4c61-8f0e-3d1a2b4c5d04';
const MAKER: Caller = {
  id: 'c0ffee00-0000-4000-8000-000000000001',
  type: 'User',
  tenantId: 'c0ffee00-0000-4000-8000-000000000002',
  upn: 'maker@contoso.example',
  displayName: 'Maker',
  isTenantAdministrator: false,
  scopes: [],
};

/** What a member would answer. */
export interface Answer {
  readonly chunks?: AsyncIterable<Uint8Array> | Iterable<Uint8Array | string>;
  readonly trailer?: ReplyTrailer | Promise<ReplyTrailer>;
  readonly mediaType?: string;
  readonly http?: FlowReply['http'];
}

/** The dispatcher at its class boundary: keeps what it is asked, answers what it is told. */
export class RecordingDispatcher {
  readonly requests: FlowRequest[] = [];
  answer: (request: FlowRequest) => Answer | Promise<Answer> = () => ({});

  async dispatch(_caller: Caller, request: FlowRequest): Promise<FlowReply> {
    this.requests.push(request);
    const { chunks = [], trailer = {}, mediaType, http } = await this.answer(request);
    return { traceId: '0'.repeat(32), mediaType, http, body: asBytes(chunks), trailer: Promise.resolve(trailer) };
  }

  get last(): FlowRequest {
    const request = this.requests.at(-1);
    if (!request) throw new Error('nothing was dispatched');
    return request;
  }
}

async function* asBytes(chunks: NonNullable<Answer['chunks']>): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
}

/** Lets everybody with a token in as the maker: who may come in is tested elsewhere. */
@Injectable()
class MakerGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<AuthenticatedRequest & { headers: Record<string, unknown> }>();
    if (request.headers['authorization'] !== 'Bearer maker') throw new DomainError('TOKEN_INVALID');
    request.caller = MAKER;
    return true;
  }
}

/** The one connection these tests know; only its target and the caller's role matter here. */
export const route = {
  connection: { kind: 'postgresql', target: { kind: 'postgresql', server: 'db.corp', port: 5432, database: 'wh,1' } },
  grant: { connectionRole: 'User' as 'User' | null, gatewayRole: null, isComplete: true },
  gateway: {
    members: [{ enabled: true, capabilities: { contractVersions: [1], operations: OPERATIONS_BY_KIND, features: [] } }],
  },
};

const connections = {
  route: async (_caller: unknown, id: string) => {
    if (id !== CONNECTION) throw new DomainError('CONNECTION_NOT_FOUND', { connectionId: id });
    return route;
  },
};

export interface ConnectorSurface {
  readonly dispatcher: RecordingDispatcher;
  readonly url: string;
  readonly port: number;
  stop(): Promise<void>;
}

/** The connector surface on the real HTTP server, with the domain below it replaced. */
export async function startConnectorSurface(): Promise<ConnectorSurface> {
  const dispatcher = new RecordingDispatcher();
  const config = testConfig('postgres://nobody@127.0.0.1:1/none', { TIDEGATE_PUBLIC_URL: 'https://tidegate.example' });
  const metadata = <T>(name: string): T[] => Reflect.getMetadata(name, ConnectorApiModule) as T[];
  const module = await Test.createTestingModule({
    controllers: metadata('controllers'),
    providers: [
      ...metadata<never>('providers'),
      { provide: DispatcherService, useValue: dispatcher },
      { provide: ConnectionsService, useValue: connections },
      { provide: AppConfig, useValue: config },
      { provide: RefusalSink, useValue: { refused: () => undefined } },
      // Asked for routes that read long bodies only; none of them is here.
      { provide: Authenticator, useValue: {} },
      { provide: APP_GUARD, useClass: MakerGuard },
    ],
  }).compile();
  const app = module.createNestApplication<NestFastifyApplication>(createHttpAdapter(config), APP_OPTIONS);
  app.useLogger(false);
  await configureApp(app).listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  return { dispatcher, port, url: `http://127.0.0.1:${port}`, stop: () => app.close() };
}
