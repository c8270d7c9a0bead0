import { z } from 'zod';
import { PAGE_SIZE } from '../../common/page.js';

/** Lists for the eye are scrolled through, so that larger pages serve them than clients of Fabric expect. */
const MAX_TOP = 1_000;

/** How many entries a page has. */
export const topSchema = z.coerce.number().int().min(1).max(MAX_TOP).default(PAGE_SIZE);
