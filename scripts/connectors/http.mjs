const anything = { description: 'What the source answers.' };
const body = { name: 'body', summary: 'Body', description: 'Sent to the source as it is.', schema: {} };

/** The slashes of a path belong to it. */
const parameters = {
  path: {
    summary: 'Path',
    description: 'Path and query below the address of the connection.',
    isBare: true,
  },
};

const METHODS = [
  ['GET', 'Get', 'Reads from the source', false],
  ['POST', 'Post', 'Sends something to the source', true],
  ['PUT', 'Put', 'Puts something at the source', true],
  ['PATCH', 'Patch', 'Changes something at the source', true],
  ['DELETE', 'Delete', 'Deletes something at the source', false],
];

const rows = METHODS.flatMap(([method, word, what, hasBody]) => [
  [
    `${method} /{path}`,
    {
      operationId: `${word}Path`,
      summary: `${word} at a path`,
      description: `${what}, at a path below the address of the connection.`,
      answer: anything,
      ...(hasBody && { body }),
    },
  ],
  [
    `${method} /`,
    {
      operationId: `${word}Root`,
      summary: `${word} at the root`,
      description: `${what}, at the address of the connection itself.`,
      visibility: 'advanced',
      answer: anything,
      ...(hasBody && { body }),
    },
  ],
]);

/** They are passed on for programs; no flow or app sends them. */
const leftOut = ['HEAD', 'OPTIONS'].flatMap((method) => [`${method} /`, `${method} /{path}`]);

/** What the platform knows of an HTTP API that describes itself elsewhere. By method and path below the connection. */
export const HTTP = { parameters, leftOut, rows: Object.fromEntries(rows) };
