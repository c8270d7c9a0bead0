import openapiTypescript, { astToString } from 'openapi-typescript';

/** @returns the text of src/client/schema.ts: the types of every path, operation and component of the document */
export async function describeClient(document) {
  const tree = await openapiTypescript(structuredClone(document), {
    alphabetize: false,
    exportType: true,
    rootTypes: true,
    rootTypesNoSchemaPrefix: true,
  });
  return `// Generated from docs/openapi/tidegate.json by \`npm run docs:openapi\`; a test keeps them together.\n${astToString(tree)}`;
}
