import { FILES } from './files.mjs';
import { HTTP } from './http.mjs';
import { TABLES, TABULAR } from './tabular.mjs';

/** Connectors by kind of source. A kind of the registry that is not here is found by a test. */
export const CONNECTORS = {
  postgresql: {
    title: 'PostgreSQL (Tidegate)',
    description: 'Rows, procedures and queries of PostgreSQL databases on your own network, through a gateway.',
    colour: '#336791',
    category: 'Data',
    family: TABULAR,
  },
  sql: {
    title: 'SQL Server (Tidegate)',
    description: 'Rows, procedures and queries of SQL Server databases on your own network, through a gateway.',
    colour: '#a4262c',
    category: 'Data',
    family: TABULAR,
  },
  mysql: {
    title: 'MySQL (Tidegate)',
    description: 'Rows, procedures and queries of MySQL and MariaDB databases on your own network, through a gateway.',
    colour: '#00618a',
    category: 'Data',
    family: TABULAR,
  },
  oracle: {
    title: 'Oracle Database (Tidegate)',
    description: 'Rows, procedures and queries of Oracle databases on your own network, through a gateway.',
    colour: '#c74634',
    category: 'Data',
    family: TABULAR,
  },
  http: {
    title: 'HTTP (Tidegate)',
    description: 'HTTP services on your own network, through a gateway.',
    colour: '#0f6c81',
    category: 'IT Operations',
    family: HTTP,
  },
  odata: {
    title: 'OData (Tidegate)',
    description: 'Entities of OData services on your own network, through a gateway.',
    colour: '#8a5a00',
    category: 'Data',
    family: TABLES,
  },
  filesystem: {
    title: 'File System (Tidegate)',
    description: 'Folders and files on your own network, through a gateway.',
    colour: '#b8860b',
    category: 'Content and Files',
    family: FILES,
  },
  sftp: {
    title: 'SFTP (Tidegate)',
    description: 'Folders and files of SFTP servers on your own network, through a gateway.',
    colour: '#4f6b2f',
    category: 'Content and Files',
    family: FILES,
  },
};
