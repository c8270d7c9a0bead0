import { Controller, Get, Query } from '@nestjs/common';
import { z } from 'zod';
import type { Caller } from '../../common/auth/caller.js';
import { CurrentCaller } from '../../common/auth/current-caller.decorator.js';
import { Answers } from '../../common/http/answers.decorator.js';
import { DirectorySearchService } from '../directory-search/directory-search.service.js';
import { PRINCIPAL_TYPES } from '../identity/principal.types.js';
import { directorySearchSchema } from './directory.answers.js';

const searchSchema = z.object({
  /** Beginning of a name, or of a word in it. */
  query: z.string().trim().min(1).max(100),
  type: z.enum(PRINCIPAL_TYPES).optional(),
});

@Controller('v1/directory/search')
export class DirectorySearchController {
  constructor(private readonly directory: DirectorySearchService) {}

  /** People, groups and service principals of the directory by name, for those who may give roles to them. */
  @Get()
  @Answers({ 200: directorySearchSchema })
  async search(
    @CurrentCaller() caller: Caller,
    @Query({ schema: searchSchema }) { query, type }: z.infer<typeof searchSchema>,
  ) {
    const found = await this.directory.search(caller, query, type);
    return {
      value: found.map(({ id, displayName, upn, type: found }) => {
        return { id, type: found, displayName, userPrincipalName: upn ?? null };
      }),
    };
  }
}
