import { useNavigate, useRouterState } from '@tanstack/react-router';
import { useCallback } from 'react';

/** Texts kept in the address of the page, so that a link shows the same. Empty ones are left out of it. */
export function useSearchTexts<Name extends string>(
  names: readonly Name[],
): [values: Readonly<Record<Name, string>>, change: (part: Partial<Record<Name, string>>) => void] {
  const search = useRouterState({ select: ({ location }) => location.search as Readonly<Record<string, unknown>> });
  const navigate = useNavigate();
  const change = useCallback(
    (part: Partial<Record<Name, string>>) => {
      const next = (before: Readonly<Record<string, unknown>>) =>
        Object.fromEntries(Object.entries({ ...before, ...part }).filter(([, value]) => value !== ''));
      void navigate({ to: '.', search: next as never, replace: true });
    },
    [navigate],
  );
  const values = Object.fromEntries(names.map((name) => [name, textOf(search[name])])) as Record<Name, string>;
  return [values, change];
}

/** The router reads `7` and `true` as what they look like. */
function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}
