import { describe, expect, it } from 'vitest';
import { questionOf, type QuestionTexts } from './question.js';

const TYPED: QuestionTexts = {
  user: ' alice@contoso.example ',
  about: '',
  connection: 'c1',
  gateway: 'g1',
  environment: '',
  operation: 'listItems',
  kind: 'http',
};

describe('the question of the explain page', () => {
  it('asks about the connection, whatever gateway was chosen before', () => {
    expect(questionOf(TYPED)).toEqual({ user: 'alice@contoso.example', operation: 'listItems', connectionId: 'c1' });
  });

  it('asks about the gateway with the kind that is thought of', () => {
    expect(questionOf({ ...TYPED, about: 'gateway', environment: 'e1' })).toEqual({
      user: 'alice@contoso.example',
      operation: 'listItems',
      gatewayId: 'g1',
      kind: 'http',
      environmentId: 'e1',
    });
  });

  it.each(['user', 'connection', 'operation'] as const)('is not asked without %s', (name) => {
    expect(questionOf({ ...TYPED, [name]: '' })).toBeUndefined();
  });

  it('is not asked with an operation that a mistyped link made up', () => {
    expect(questionOf({ ...TYPED, operation: 'dropTables' })).toBeUndefined();
  });
});
