export const principalSearchTexts = {
  search: 'Name in the directory',
  find: 'Find',
  finding: 'Asking the directory …',
  nobody: 'The directory knows nobody of this name.',
  types: { User: 'Person', Group: 'Group', ServicePrincipal: 'Application' },
} as const;
