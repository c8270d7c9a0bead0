const internal = { visibility: 'internal' };
const advanced = { visibility: 'advanced' };
const content = { type: 'string', format: 'binary', 'x-ms-summary': 'File content' };
const flag = { type: 'boolean' };

const picker = (isFolder) => ({ capability: 'file-picker', parameters: { isFolder }, 'value-path': 'Id' });
const file = { summary: 'File', description: 'The file.', values: picker(false) };
const folder = { summary: 'Folder', description: 'The folder.', values: picker(true) };
const path = (description) => ({ summary: 'Path', description });

const parameters = {
  id: file,
  folderId: folder,
  path: { ...path('Path below the folder of the connection.'), required: true },
  inferContentType: {
    summary: 'Infer content type',
    description: 'Whether the content type follows from the name of the file.',
    as: flag,
    initial: true,
    ...advanced,
  },
  includeFileContent: {
    summary: 'Include file content',
    description: 'Whether the content of the file comes along.',
    as: flag,
    initial: true,
    ...advanced,
  },
  source: { summary: 'Source', description: 'Path of the file to copy.' },
  destination: { summary: 'Destination', description: 'Path that the copy is to have.' },
  overwrite: {
    summary: 'Overwrite',
    description: 'Whether a file of that path is replaced.',
    as: flag,
    initial: false,
  },
  folderPath: { summary: 'Folder path', description: 'Path of the folder that the file is made in.', required: true },
  name: { summary: 'File name', description: 'Name of the file.' },
  nextPageMarker: { summary: 'Next page marker', description: 'Where the page before ended.', ...internal },
  triggerState: {
    summary: 'Trigger state',
    description: 'What the trigger knew last; the flow keeps it.',
    ...internal,
  },
  maxFileCount: {
    summary: 'Number of files',
    description: 'How many files at most come at once, from 1 to 100.',
    as: { type: 'integer', format: 'int32' },
    initial: 10,
  },
};

const upload = {
  name: 'body',
  summary: 'File content',
  description: 'Content of the file.',
  schema: { type: 'string', format: 'binary' },
};
const page = {
  pageable: 'nextLink',
  parameters: { id: folder, path: { ...path('Path of the folder.'), ...internal } },
};

/** What the platform knows of folders and files. By method and path below the connection; each route has its row. */
export const FILES = {
  parameters,
  testConnection: 'TestConnection',
  capabilities: {
    'file-picker': {
      open: { operationId: 'ListRootFolder' },
      browse: { operationId: 'ListFolder', parameters: { id: { 'value-property': 'Id' } } },
      'value-title': 'DisplayName',
      'value-folder-property': 'IsFolder',
      'value-media-property': 'MediaType',
    },
  },
  rows: {
    'GET /testconnection': {
      operationId: 'TestConnection',
      summary: 'Test the connection',
      description: 'Asks the source whether the connection works.',
      ...internal,
    },
    'GET /$metadata.json/datasets': {
      operationId: 'GetDataSetsMetadata',
      summary: 'Get metadata of datasets',
      description: 'How folders and files are named and shown.',
      ...internal,
    },
    'GET /datasets/default/files/{id}': {
      operationId: 'GetFileMetadata',
      summary: 'Get file metadata',
      description: 'Name, size and time of a file.',
    },
    'PUT /datasets/default/files/{id}': {
      operationId: 'UpdateFile',
      summary: 'Update file',
      description: 'Replaces the content of a file.',
      body: upload,
    },
    'DELETE /datasets/default/files/{id}': {
      operationId: 'DeleteFile',
      summary: 'Delete file',
      description: 'Deletes a file from its folder.',
    },
    'GET /datasets/default/files/{id}/content': {
      operationId: 'GetFileContent',
      summary: 'Get file content',
      description: 'Content of a file.',
      answer: content,
    },
    'POST /datasets/default/files': {
      operationId: 'CreateFile',
      summary: 'Create file',
      description: 'Makes a file in a folder.',
      visibility: 'important',
      body: upload,
    },
    'POST /datasets/default/copyFile': {
      operationId: 'CopyFile',
      summary: 'Copy file',
      description: 'Copies a file within the folder of the connection.',
    },
    'GET /datasets/default/GetFileByPath': {
      operationId: 'GetFileMetadataByPath',
      summary: 'Get file metadata using path',
      description: 'Name, size and time of the file at a path.',
    },
    'GET /datasets/default/GetFileContentByPath': {
      operationId: 'GetFileContentByPath',
      summary: 'Get file content using path',
      description: 'Content of the file at a path.',
      answer: content,
    },
    'GET /datasets/default/folders': {
      operationId: 'ListRootFolder',
      summary: 'List files in root folder',
      description: 'Files and folders in the folder of the connection.',
      parameters: { path: { ...path('Path of another folder.'), ...internal } },
    },
    'GET /datasets/default/folders/{id}': {
      operationId: 'ListFolder',
      summary: 'List files in folder',
      description: 'Files and folders in a folder, all at once.',
      ...advanced,
      parameters: { id: folder },
    },
    'GET /datasets/default/foldersV2': {
      operationId: 'ListRootFolderPages',
      summary: 'List files in root folder in pages',
      description: 'Files and folders in the folder of the connection, page by page.',
      ...page,
    },
    'GET /datasets/default/foldersV2/{id}': {
      operationId: 'ListFolderPages',
      summary: 'List files in folder in pages',
      description: 'Files and folders in a folder, page by page.',
      ...page,
    },
    'GET /datasets/default/triggers/onnewfile': {
      operationId: 'OnNewFile',
      summary: 'When a file is created',
      description: 'Starts a flow for a file that is new in a folder, with its content.',
      trigger: 'single',
      answer: content,
    },
    'GET /datasets/default/triggers/onupdatedfile': {
      operationId: 'OnUpdatedFile',
      summary: 'When a file is modified',
      description: 'Starts a flow for a file of a folder that is new or was changed, with its content.',
      trigger: 'single',
      answer: content,
    },
    'GET /datasets/default/triggers/batch/onnewfile': {
      operationId: 'OnNewFiles',
      summary: 'When files are created',
      description: 'Starts a flow for files that are new in a folder, without their content.',
      trigger: 'batch',
    },
    'GET /datasets/default/triggers/batch/onupdatedfile': {
      operationId: 'OnUpdatedFiles',
      summary: 'When files are modified',
      description: 'Starts a flow for files of a folder that are new or were changed, without their content.',
      trigger: 'batch',
    },
  },
};
