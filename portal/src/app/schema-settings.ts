import { config } from 'zod/v4/core';

// Checks that are compiled at run time would need a page that may evaluate text.
config({ jitless: true });
