import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeErrors } from '../../scripts/describe-errors.mjs';
import { CATALOGUE, type ErrorCode } from '../../src/common/errors/catalogue.js';
import { fabricErrorCode } from '../../src/common/errors/fabric-error-code.js';
import { renderConnector, renderFabric, renderForPath, renderProblem } from '../../src/common/errors/render.js';
import type { Failure } from '../../src/common/errors/failure.js';
import { AGENT_ERROR_CODES } from '../../src/contract/errors.js';

const root = resolve(import.meta.dirname, '../..');

function failure(code: ErrorCode): Failure {
  const { status, text, hop, outcome, retryable, remedy } = CATALOGUE[code];
  return { status, code, message: text, hop, outcome, retryable, remedy, details: {}, traceId: 'f'.repeat(32) };
}

describe('the catalogue of errors', () => {
  it('is what docs/errors.md says', async () => {
    expect(readFileSync(join(root, 'docs/errors.md'), 'utf8')).toBe(await describeErrors(CATALOGUE, fabricErrorCode));
  });

  it('has a row for everything an agent may answer', () => {
    expect(AGENT_ERROR_CODES.filter((code) => !(code in CATALOGUE))).toEqual([]);
  });

  it('has no row that nothing uses', () => {
    const text = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
      .filter((name) => !name.startsWith('generated') && name !== join('common', 'errors', 'catalogue.ts'))
      .map((name) => readFileSync(join(root, 'src', name), 'utf8'))
      .join('\n');
    expect(Object.keys(CATALOGUE).filter((code) => !text.includes(`'${code}'`))).toEqual([]);
  });

  it('says in one sentence each what happened and what to do', () => {
    for (const { text, remedy } of Object.values(CATALOGUE)) {
      expect(text).toMatch(/^[A-Z].*[.]$/);
      expect(remedy).toMatch(/^[A-Z].*[.]$/);
    }
  });
});

describe('the shapes of a failure', () => {
  it('give Fabric the names it documents', () => {
    expect(fabricErrorCode('CONNECTION_NOT_FOUND')).toBe('EntityNotFound');
    expect(fabricErrorCode('CREDENTIAL_MALFORMED')).toBe('InvalidCredentialDetails');
    expect(fabricErrorCode('GATEWAY_NAME_TAKEN')).toBe('DuplicateGatewayName');
    expect(fabricErrorCode('CONNECTION_NAME_TAKEN')).toBe('DuplicateConnectionName');
    expect(fabricErrorCode('LICENCE_REQUIRED')).toBe('LICENCE_REQUIRED');
  });

  it.each([
    ['VALIDATION_FAILED', 'POST', '/v1/connections', 'connectionDetails.type', 'InvalidConnectionDetails'],
    ['VALIDATION_FAILED', 'PATCH', '/v1/connections/x', 'credentialDetails.credentials', 'InvalidCredentialDetails'],
    ['VALIDATION_FAILED', 'GET', '/v1/gateways?continuationToken=x', 'continuationToken', 'BadRequest'],
    ['VALIDATION_FAILED', 'GET', '/v1/environments', 'x', 'VALIDATION_FAILED'],
    ['NOT_ADMINISTRATOR', 'PATCH', '/v1/gateways/x', undefined, 'InsufficientPermissionsToManageGateway'],
    ['NOT_ADMINISTRATOR', 'DELETE', '/v1/gateways/x/members/y', undefined, 'InsufficientPermissionsToManageGateway'],
    ['ROLE_MISSING', 'PATCH', '/v1/connections/x', undefined, 'InsufficientPermissionsToManageConnection'],
    ['ROLE_MISSING', 'GET', '/v1/connections/x', undefined, 'ROLE_MISSING'],
    ['NOT_ADMINISTRATOR', 'POST', '/v1/gateways/x/rotations', undefined, 'NOT_ADMINISTRATOR'],
  ])('give Fabric its own name where it documents one: %s at %s %s, %s', (code, method, path, field, name) => {
    expect(fabricErrorCode(code, { method, path }, field)).toBe(name);
  });

  it.each(Object.keys(CATALOGUE) as ErrorCode[])('carry hop, outcome, remedy and trace id everywhere: %s', (code) => {
    const { status, hop, outcome, remedy, traceId } = failure(code);
    const all = [renderFabric(failure(code)), renderConnector(failure(code), 'host'), renderProblem(failure(code))];
    for (const rendered of all) {
      expect(rendered.status).toBe(status);
      expect(rendered.body).toMatchObject({ hop, outcome, remedy });
      expect(JSON.stringify(rendered.body)).toContain(traceId);
      expect(rendered.headers['x-ms-request-id']).toBe(traceId);
      expect('retry-after' in rendered.headers).toBe(status === 429);
    }
  });

  it.each([
    ['/v1/gateways', 'errorCode'],
    ['/apim/postgresql/x', 'source'],
    ['/apim', 'source'],
    ['/agent/v1/x?y=/apim/', 'type'],
    ['/apimx', 'errorCode'],
    ['/', 'errorCode'],
  ])('belong to the surface of the path %s', (path, field) => {
    expect(renderForPath(failure('ROUTE_NOT_FOUND'), path, 'host').body).toHaveProperty(field);
  });
});
