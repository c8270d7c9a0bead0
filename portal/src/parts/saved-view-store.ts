import { z } from 'zod/mini';

const MAX_VIEWS = 30;
export const MAX_VIEW_NAME = 80;

/** Filter, search and order of a list under a name. */
const viewSchema = z.object({ name: z.string(), texts: z.record(z.string(), z.string()) });
export type SavedView = z.infer<typeof viewSchema>;
const viewsSchema = z.array(viewSchema);

function keyOf(accountId: string, page: string): string {
  return `tidegate.views.${accountId}.${page}`;
}

/** Views that this person saved in this browser; what cannot be read counts as nothing. */
export function readViews(accountId: string, page: string): readonly SavedView[] {
  const stored = localStorage.getItem(keyOf(accountId, page));
  if (stored === null) return [];
  try {
    const parsed = viewsSchema.safeParse(JSON.parse(stored));
    return parsed.success ? parsed.data : [];
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

/** Adds a view, or changes the one of its name. False where there are too many. */
export function writeView(accountId: string, page: string, view: SavedView): boolean {
  const others = readViews(accountId, page).filter(({ name }) => name !== view.name);
  if (others.length >= MAX_VIEWS) return false;
  return store(accountId, page, [...others, view]);
}

export function forgetView(accountId: string, page: string, name: string): void {
  store(
    accountId,
    page,
    readViews(accountId, page).filter((view) => view.name !== name),
  );
}

/** False where the browser has no room or keeps nothing. */
function store(accountId: string, page: string, views: readonly SavedView[]): boolean {
  try {
    localStorage.setItem(keyOf(accountId, page), JSON.stringify(views));
    return true;
  } catch (error) {
    if (error instanceof DOMException) return false;
    throw error;
  }
}
