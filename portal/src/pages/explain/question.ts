import { operationNameSchema, type OperationName } from '../../../../src/contract/operations.js';
import { sourceKindSchema, type SourceKind } from '../../../../src/contract/targets.js';

/** What the address of the page holds. */
export const QUESTION_NAMES = ['user', 'about', 'connection', 'gateway', 'environment', 'operation', 'kind'] as const;
export type QuestionTexts = Readonly<Record<(typeof QUESTION_NAMES)[number], string>>;

/** What is asked. Exactly one of connection and gateway. */
export interface Question {
  readonly user: string;
  readonly operation: OperationName;
  readonly environmentId?: string;
  readonly connectionId?: string;
  readonly gatewayId?: string;
  readonly kind?: SourceKind;
}

/** The question once it is complete; undefined while something is missing. */
export function questionOf(typed: QuestionTexts): Question | undefined {
  const operation = operationNameSchema.safeParse(typed.operation).data;
  const subject = subjectOf(typed);
  const user = typed.user.trim();
  if (operation === undefined || subject === undefined || user === '') return undefined;
  return { user, operation, ...subject, ...(typed.environment !== '' && { environmentId: typed.environment }) };
}

function subjectOf({ about, connection, gateway, kind }: QuestionTexts): Partial<Question> | undefined {
  if (about !== 'gateway') return connection === '' ? undefined : { connectionId: connection };
  if (gateway === '') return undefined;
  const known = sourceKindSchema.safeParse(kind).data;
  return { gatewayId: gateway, ...(known !== undefined && { kind: known }) };
}
