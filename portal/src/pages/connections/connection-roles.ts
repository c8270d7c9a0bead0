/** What somebody may do with a connection, the least first. */
export const CONNECTION_ROLES = ['User', 'UserWithReshare', 'Owner'] as const;
export type ConnectionRole = (typeof CONNECTION_ROLES)[number];
