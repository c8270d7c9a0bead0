export const authTexts = {
  title: 'Sign in to Tidegate',
  lead: 'The console of your on-premises data gateways.',
  choose: 'Choose your organisation',
  tenant: 'Organisation',
  tenantHint: 'Its directory’s id or domain, such as contoso.com',
  begin: 'Sign in',
  working: 'Signing in …',
  failed: 'Signing in did not work',
  again: 'Sign in again',
  ended: 'Your sign-in has ended',
  endedLead: 'Sign in again to go on. What you typed on this page stays.',
  signOut: 'Sign out',
} as const;
