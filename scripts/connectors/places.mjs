/** Stand where each installation has its own; whoever serves the files fills them in. */
export const PLACES = {
  publicUrl: 'https://tidegate.example',
  audience: 'api://tidegate',
  scope: 'api://tidegate/user_impersonation',
  clientId: '00000000-0000-0000-0000-000000000000',
};
