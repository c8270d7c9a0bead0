import { SetMetadata, type CustomDecorator } from '@nestjs/common';
import type { z } from 'zod';

/** Under this name a handler's answers stand; the OpenAPI document is made from them. */
export const ANSWERS = 'tidegate:answers';

/** Shapes of a handler's answers by status; null: nothing in the body. */
export type AnswerSchemas = Readonly<Partial<Record<number, z.ZodType | null>>>;

/**
 * Says what a handler answers with, by status. Nothing is checked while it runs; tests hold answers to it. Objects of the
 * schema stay open: an answer may gain fields, clients ignore what they do not know.
 */
export const Answers = (schemas: AnswerSchemas): CustomDecorator => SetMetadata(ANSWERS, schemas);
