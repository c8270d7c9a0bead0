import { FILES } from './files.mjs';
import { HTTP } from './http.mjs';
import { TABULAR } from './tabular.mjs';

/** Connectors by kind of source. A kind of the registry that is not here is found by a test. */
export const CONNECTORS = {
  postgresql: {
    title: 'PostgreSQL (Tidegate)',
    description: 'Rows, procedures and queries of PostgreSQL databases on your own network, through a gateway.',
    colour: '#336791',
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
  filesystem: {
    title: 'File System (Tidegate)',
    description: 'Folders and files on your own network, through a gateway.',
    colour: '#b8860b',
    category: 'Content and Files',
    family: FILES,
  },
};
