import { authTexts } from './auth.texts.js';
import { commonTexts } from './common.texts.js';
import { overviewTexts } from './overview.texts.js';

/** Every sentence of the portal, by page. Another language is another object of this shape. */
export const texts = {
  ...commonTexts,
  auth: authTexts,
  overview: overviewTexts,
} as const;
