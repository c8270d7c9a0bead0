/** What a kind of source is called, by its name in the API; every kind that connections can have. */
export const sourceKindTexts = {
  postgresql: 'PostgreSQL',
  sql: 'SQL Server',
  mysql: 'MySQL or MariaDB',
  oracle: 'Oracle Database',
  http: 'Web service (HTTP)',
  odata: 'OData service',
  filesystem: 'File system',
  sftp: 'SFTP',
};
