import { StandardSchemaValidationPipe } from '@nestjs/common';
import { DomainError } from '../errors/domain-error.js';
import { validationDetails } from '../errors/validation-details.js';

/** Checks what routes declare with `@Body({ schema })`, `@Query({ schema })` and `@Param(name, { schema })`. */
export function createValidationPipe(): StandardSchemaValidationPipe {
  return new StandardSchemaValidationPipe({
    exceptionFactory: (issues) => new DomainError('VALIDATION_FAILED', validationDetails(issues)),
  });
}
