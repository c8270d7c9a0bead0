import { SetMetadata, type CustomDecorator } from '@nestjs/common';
import { z } from 'zod';

/** Under this name a handler's answers stand; the OpenAPI document is made from them. */
export const ANSWERS = 'tidegate:answers';

/** An answer that is more than one body of JSON. */
export interface Answer {
  /** Shapes by media type, without parameters. */
  readonly content?: Readonly<Record<string, z.ZodType>>;
  /** What the headers say that belong to it, by their names. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A hundred of them, for routes that pass on what somebody else answers. */
type StatusRange = '2XX' | '3XX' | '4XX' | '5XX';

/** Shapes of a handler's answers by status; null: nothing in the body. */
export type AnswerSchemas = Readonly<Partial<Record<number | StatusRange, z.ZodType | Answer | null>>>;

/** Bytes, or text that has a language of its own. */
export const bytesSchema = z.string().meta({ format: 'binary' });

/**
 * Says what a handler answers with, by status. Nothing is checked while it runs; tests hold answers to it. Objects of the
 * schema stay open: an answer may gain fields, clients ignore what they do not know.
 */
export const Answers = (schemas: AnswerSchemas): CustomDecorator => SetMetadata(ANSWERS, schemas);

/** Something that was made, with the address where it is from now on. */
export function located(schema: z.ZodType): Answer {
  return { content: { 'application/json': schema }, headers: { Location: 'Address of what was made.' } };
}
