import { describe, expect, it } from 'vitest';
import { armErrorCode } from './arm-error-code.js';

describe('the names of failures in Azure Resource Manager', () => {
  it.each([
    ['API_VERSION_MISSING', undefined, 'MissingApiVersionParameter'],
    ['API_VERSION_UNSUPPORTED', undefined, 'NoRegisteredProviderFound'],
    ['NOT_ADMINISTRATOR', undefined, 'AuthorizationFailed'],
    ['AZURE_RESOURCE_NOT_FOUND', undefined, 'ResourceNotFound'],
    ['GATEWAY_NOT_FOUND', undefined, 'ResourceNotFound'],
    ['ROUTE_NOT_FOUND', undefined, 'InvalidResourceType'],
    ['VALIDATION_FAILED', 'subscriptionId', 'InvalidSubscriptionId'],
    ['VALIDATION_FAILED', 'tags', 'InvalidRequestContent'],
    ['LIMIT_REACHED', undefined, 'LimitReached'],
  ])('are its own where it has one, else ours in its spelling: %s %s', (code, field, name) => {
    expect(armErrorCode(code, field)).toBe(name);
  });
});
