import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { DomainError } from '../errors/domain-error.js';
import { CsvText } from './csv-text.js';
import { isTooDeep, MAX_JSON_DEPTH } from './json-depth.js';
import { nulFault } from './nul-guard.js';

/** Largest JSON body. The largest of ours, a registration, is 12 KB; a wide row of a table may be some hundred. */
export const MAX_JSON_BYTES = 2 * 1024 * 1024;

/** Largest backup: 10,000 connections with 50,000 roles are some 25 MB. */
export const MAX_BACKUP_BYTES = 64 * 1024 * 1024;

/** The one operation that takes a whole backup. */
const BACKUP = /^\/v1\/backup\/restorations(\?|$)/;

/** Surfaces whose bodies go to the source as they are: never collected, never looked at. */
const STREAMED = /^\/apim\/(http|filesystem)\//;

/** The one operation that reads a table as spreadsheets write it. */
const CSV = /^\/v1\/environments\/import(\?|$)/;

type Done = (error: Error | null, body?: unknown) => void;

/** JSON for everything but the paths that pass bodies on; there the route is handed the stream. CSV for one path. */
export function addBodyParsers(instance: FastifyInstance): void {
  const parseJson = instance.getDefaultJsonParser('error', 'error');
  instance.removeAllContentTypeParsers();
  const streamOr = (otherwise: (request: FastifyRequest, payload: Readable, done: Done) => void) => {
    return (request: FastifyRequest, payload: Readable, done: Done) => {
      if (STREAMED.test(request.url)) done(null, payload);
      else otherwise(request, payload, done);
    };
  };
  const json = streamOr((request, payload, done) => {
    collect(request, payload, (error, text) => {
      if (error) done(error);
      else if (text === '') done(null, undefined);
      else if (isTooDeep(text)) done(new DomainError('VALIDATION_FAILED', { maxDepth: MAX_JSON_DEPTH }));
      else {
        void parseJson(request, text, (failure, value) => {
          if (failure) done(failure);
          else done(nulFault(text, value), value);
        });
      }
    });
  });
  instance.addContentTypeParser(/^application\/([\w.-]+\+)?json(;|$)/, json);
  instance.addContentTypeParser(
    /^text\/csv(;|$)/,
    streamOr((request, payload, done) => {
      if (!CSV.test(request.url)) done(new DomainError('MEDIA_TYPE_UNSUPPORTED'));
      else collect(request, payload, (error, text) => done(error, new CsvText(text)));
    }),
  );
  instance.addContentTypeParser(
    '*',
    streamOr((_request, _payload, done) => done(new DomainError('MEDIA_TYPE_UNSUPPORTED'))),
  );
}

/** A backup is collected before anybody knows who sends it: one at a time, so that strangers cannot fill the memory. */
let isBackupUnderWay = false;

function collect(request: FastifyRequest, payload: Readable, done: (error: Error | null, text: string) => void): void {
  if (!BACKUP.test(request.url)) return collectUpTo(MAX_JSON_BYTES, request, payload, done);
  if (isBackupUnderWay) {
    payload.resume();
    return done(new DomainError('TOO_MANY_ATTEMPTS', {}, { retryAfterSeconds: 10 }), '');
  }
  isBackupUnderWay = true;
  collectUpTo(MAX_BACKUP_BYTES, request, payload, (error, text) => {
    isBackupUnderWay = false;
    done(error, text);
  });
}

function collectUpTo(
  maxBytes: number,
  request: FastifyRequest,
  payload: Readable,
  done: (error: Error | null, text: string) => void,
): void {
  const announced = Number(request.headers['content-length'] ?? 0);
  if (announced > maxBytes) return refuse(maxBytes, payload, done);
  const chunks: Buffer[] = [];
  let bytes = 0;
  let isOver = false;
  const finish = (error: Error | null) => {
    if (isOver) return;
    isOver = true;
    done(error, error ? '' : Buffer.concat(chunks).toString('utf8'));
  };
  payload.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (isOver) return;
    if (bytes <= maxBytes) chunks.push(chunk);
    else {
      isOver = true;
      chunks.length = 0;
      refuse(maxBytes, payload, done);
    }
  });
  payload.once('end', () => finish(null));
  payload.once('error', (cause) => finish(new DomainError('REQUEST_CANCELLED', {}, { cause })));
  payload.once('close', () => finish(new DomainError('REQUEST_CANCELLED')));
}

/** Answers at once; what the client still sends is let go, and Fastify closes the connection after the answer. */
function refuse(maxBytes: number, payload: Readable, done: (error: Error, text: string) => void): void {
  payload.resume();
  done(new DomainError('PAYLOAD_TOO_LARGE', { limitBytes: maxBytes }), '');
}
