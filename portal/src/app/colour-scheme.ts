import { useSyncExternalStore } from 'react';

export type ColourScheme = 'light' | 'dark';
const KEY = 'tidegate.colour-scheme';
const listeners = new Set<() => void>();
const system = window.matchMedia('(prefers-color-scheme: dark)');

function current(): ColourScheme {
  const chosen = localStorage.getItem(KEY);
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return system.matches ? 'dark' : 'light';
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  system.addEventListener('change', listener);
  return () => {
    listeners.delete(listener);
    system.removeEventListener('change', listener);
  };
}

/** The person's choice, or else the system's. */
export function useColourScheme(): { scheme: ColourScheme; toggle: () => void } {
  const scheme = useSyncExternalStore(subscribe, current);
  const toggle = () => {
    localStorage.setItem(KEY, scheme === 'dark' ? 'light' : 'dark');
    for (const listener of listeners) listener();
  };
  return { scheme, toggle };
}
